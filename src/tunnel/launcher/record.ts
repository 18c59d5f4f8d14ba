import * as z from "zod/mini";
import type { Message } from "../../core/message.ts";
import { harmless } from "../harmless.ts";
import { type StartedServer, startable } from "./started.ts";

/** What the host keeps of a server we started there: one line of JSON in a 0600 file. */
export type ServerRecord = z.infer<typeof recordShape>;

const recordShape = z.object({
  pid: z.int().check(z.gt(1)),
  /** When the process began, in the host's own words; empty where it ended at once. */
  born: z.string(),
  /** Both become paths that are removed, so they are only what we make them. */
  name: z.string().check(z.regex(/^[a-z]+-\d+$/)),
  kind: z.enum(startable),
  port: z.optional(z.int().check(z.gt(0), z.lt(65536))),
  socket: z.optional(z.string().check(z.regex(/\/launch-guard\.\w+\/server\.sock$/))),
  folder: z.string(),
  log: z.string(),
  program: z.string(),
  /** The arguments, one space apart; they stay in the command line whatever the program turns into. */
  arguments: z.string(),
  /** Seconds since 1970. */
  startedAt: z.number(),
  /** `uname -n`: home folders are shared between the nodes of a cluster. */
  node: z.string(),
});

/** The record in a line, or nothing where it is none. */
export function readRecord(line: string): ServerRecord | undefined {
  try {
    const { data } = z.safeParse(recordShape, JSON.parse(line));
    return data?.port === undefined && data?.socket === undefined ? undefined : data;
  } catch {
    // Half written, or written by somebody else.
    return undefined;
  }
}

/** The server of a record as its user sees it. */
export function startedServer(
  record: ServerRecord,
  { running, here, notes }: { readonly running: boolean; readonly here: boolean; readonly notes: readonly Message[] },
): StartedServer {
  return {
    name: record.name,
    kind: record.kind,
    target: targetOf(record),
    basePath: "/",
    pid: record.pid,
    startedAt: record.startedAt,
    folder: harmless(record.folder, { oneLine: true }),
    logFile: harmless(record.log, { oneLine: true }),
    running,
    ...(here ? {} : { node: harmless(record.node, { oneLine: true }) }),
    notes,
  };
}

/** Where the server of a record listens. */
export function targetOf({ port, socket }: ServerRecord): StartedServer["target"] {
  if (socket !== undefined) return { kind: "unix", path: socket };
  return { kind: "tcp", host: "127.0.0.1", port: port ?? 0 };
}
