import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { message } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Link } from "../../../src/tunnel/link.ts";
import { localLink } from "../launcher/local-link.ts";
import type { Scratch } from "../scratch.ts";

/** A home folder on this machine, as a host that is looked at. What other tests listen on is left alone. */
export type FarHost = {
  readonly link: Link;
  readonly scratch: Scratch;
  /** Everything that came back over the link. */
  readonly printed: string[];
  /** Only these ports can be reached. */
  readonly ports: Set<number>;
  /** Writes a Jupyter runtime file, 0600, and answers with its path. */
  jupyterFile(pid: number, info: Readonly<Record<string, unknown>>): string;
  tensorboardFile(pid: number, info: Readonly<Record<string, unknown>>): string;
};

export function farHost(scratch: Scratch, env: Readonly<Record<string, string>> = {}): FarHost {
  const printed: string[] = [];
  const ports = new Set<number>();
  const local = localLink({ PATH: process.env["PATH"] ?? "", HOME: scratch.path, TMPDIR: scratch.path, ...env });
  const link: Link = {
    ...local,
    async open(target, signal) {
      if (target.kind === "unix" || ports.has(target.port)) return local.open(target, signal);
      throw new TunnelError("nothing-listens", message("Nothing listens there."));
    },
    async run(command, input, signal) {
      const result = await local.run(command, input, signal);
      printed.push(result.stdout, result.stderr);
      return result;
    },
  };
  return {
    ...{ link, scratch, printed, ports },
    jupyterFile: (pid, info) => {
      const whole = { ...jupyterInfo, ...info, pid };
      const file = scratch.file(`.local/share/jupyter/runtime/jpserver-${pid}.json`);
      // As jupyter_server writes it: json.dump(…, indent=2, sort_keys=True).
      return written(file, JSON.stringify(whole, Object.keys(whole).toSorted(), 2));
    },
    tensorboardFile: (pid, info) =>
      written(scratch.file(`.tensorboard-info/pid-${pid}.info`), `${JSON.stringify({ ...info, pid }, null, 4)}\n`),
  };
}

const jupyterInfo = {
  base_url: "/",
  hostname: "localhost",
  password: false,
  root_dir: "/home/ada/notes",
  secure: false,
  sock: "",
  token: "",
  url: "http://localhost:8888/",
  version: "2.14.0",
};

function written(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

/** The number of a process that has ended. */
export function deadPid(): number {
  return spawnSync("true").pid;
}
