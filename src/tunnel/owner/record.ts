import * as z from "zod/mini";
import { serviceKinds } from "../discovery/server.ts";
import type { TunnelStatus } from "../status.ts";

/** What another window must know of a tunnel to show and to use it. Holds no secret. */
export type TunnelRecord = Pick<TunnelStatus, "id" | "host" | "target" | "kind" | "basePath" | "localPort" | "guarded">;

/** A process by more than its number, which is given out again. */
export type OwningProcess = {
  readonly pid: number;
  /** When it was started, as the system writes that; absent where it does not tell. */
  readonly started?: string;
  /** The thread of it: the worker is started anew after a crash. */
  readonly thread: number;
};

/** What a lock file says: which process holds which tunnel. */
export type OwnerRecord = TunnelRecord & { readonly owner: OwningProcess };

const port = z.int().check(z.minimum(0), z.maximum(65_535));

const schema = z.object({
  version: z.literal(1),
  id: z.string(),
  host: z.string(),
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("tcp"), host: z.string(), port }),
    z.object({ kind: z.literal("unix"), path: z.string() }),
  ]),
  kind: z.exactOptional(z.enum(serviceKinds)),
  basePath: z.string(),
  localPort: port,
  guarded: z.boolean(),
  owner: z.object({ pid: z.int().check(z.positive()), started: z.exactOptional(z.string()), thread: z.int() }),
});

export function writeRecord(record: OwnerRecord): string {
  return `${JSON.stringify({ version: 1, ...record })}\n`;
}

/** The record in a lock file's text, or nothing where it is damaged. */
export function readRecord(text: string): OwnerRecord | undefined {
  try {
    const { version: _, ...record } = schema.parse(JSON.parse(text));
    return record;
  } catch {
    return undefined;
  }
}
