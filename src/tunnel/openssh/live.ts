import { once } from "node:events";
import { stat } from "node:fs/promises";
import { connect } from "node:net";
import type { Host } from "../host/host.ts";
import { isMaster, type Mux } from "./mux.ts";

/** The user's own running master for a host, where there is one: whoever has logged in there need not again. */
export async function liveMaster(ssh: string, host: Host, signal: AbortSignal): Promise<Mux | undefined> {
  if (host.controlPath === undefined) return undefined;
  const found = await stat(host.controlPath).catch(() => undefined);
  if (!found?.isSocket() || found.uid !== process.getuid?.()) return undefined;
  const mux = { ssh, control: host.controlPath };
  return (await isMaster(mux, AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)])).catch(() => false))
    ? mux
    : undefined;
}

/** Milliseconds; a master that is stopped does not answer at all. */
const checkTimeoutMs = 2000;

export type Presence = {
  /** Settles when the master is gone, or when `leave` was called. */
  readonly gone: Promise<void>;
  leave(): void;
};

/**
 * Stays connected to a master's socket, which the kernel closes with it. A master that waits for its last client before
 * it ends (ControlPersist) waits for us too (channels.c, `channel_still_open`).
 */
export function attend({ control }: Mux): Presence {
  const socket = connect(control);
  socket.on("error", () => socket.destroy());
  // Its greeting is of no use here, but unread it would keep the end from being seen.
  socket.resume();
  const gone = once(socket, "close").then(
    () => undefined,
    () => undefined,
  );
  return { gone, leave: () => socket.destroy() };
}
