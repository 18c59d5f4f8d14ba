import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { readText, replace } from "../owner/lock-file.ts";

/** The local port that each tunnel had last, so that bookmarks and notebooks find it again. */
export type RememberedPorts = {
  of(id: string): number | undefined;
  remember(id: string, port: number): void;
};

/** Keeps them in a file, 0600. Where it cannot be read or written, nothing is remembered, and the log says so. */
export function rememberedPorts(file: string, log: Log): RememberedPorts {
  function read(): ReadonlyMap<string, number> {
    try {
      return new Map(schema.parse(JSON.parse(readText(file) ?? "[]")));
    } catch (error) {
      log("warn", `The ports in ${file} cannot be read: ${String(error)}`);
      return new Map();
    }
  }

  return {
    of: (id) => read().get(id),
    remember(id, port) {
      const ports = new Map(read());
      if (ports.get(id) === port) return;
      ports.delete(id);
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        replace(file, JSON.stringify([...ports, [id, port]].slice(-most)));
      } catch (error) {
        log("warn", `The port of a tunnel is not remembered: ${String(error)}`);
      }
    },
  };
}

/** Of each tunnel its id and its port, the latest last. */
const schema = z.array(z.tuple([z.string(), z.int().check(z.minimum(1), z.maximum(65_535))]));

const most = 200;
