import { once } from "node:events";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { message } from "../../core/message.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import { type Target, targetText } from "../target.ts";
import type { Opens } from "./opens.ts";

/** A place on this machine behind which `ssh` leads to a target. */
export type Forward = {
  readonly at: NetConnectOpts;
  /** The word of `ssh` on each connection; absent where it is not ours, or too old to tell. */
  readonly opens?: Opens;
  remove(): Promise<void>;
};

export type Forwards = {
  open(target: Target, signal: AbortSignal): Promise<Duplex>;
  /** Destroys the streams and removes the forwards. */
  close(): Promise<void>;
};

/** Milliseconds that the far side may take to open a channel; a compute node behind it may be slow. */
const openTimeoutMs = 30_000;

type RoundTrip = (signal: AbortSignal) => Promise<void>;

/** Streams through forwards: one forward per target, made by `add` when it is first needed. */
export function openForwards(add: (target: Target) => Promise<Forward>, roundTrip: RoundTrip): Forwards {
  const forwards = new Map<string, Promise<Forward>>();
  const streams = new Set<Duplex>();

  function forwardTo(target: Target): Promise<Forward> {
    const key = targetText(target);
    const made = forwards.get(key) ?? add(target);
    forwards.set(key, made);
    made.catch(() => forwards.delete(key));
    return made;
  }

  return {
    async open(target, signal) {
      if (signal.aborted) throw cancelled();
      const opening = AbortSignal.any([signal, AbortSignal.timeout(openTimeoutMs)]);
      try {
        const { at, opens } = await Promise.race([forwardTo(target), givenUp(opening)]);
        const socket = streamTo(at);
        streams.add(socket);
        socket.once("close", () => streams.delete(socket));
        await (opens ? watched(socket, target, opens, opening) : blind(socket, target, roundTrip, opening));
        return socket;
      } catch (error) {
        throw whyNot(error, target, opening);
      }
    },
    async close() {
      for (const stream of streams) stream.destroy();
      const made = await Promise.allSettled(forwards.values());
      await Promise.all(made.map((each) => (each.status === "fulfilled" ? each.value.remove() : undefined)));
    },
  };
}

/** Half-open, as an SSH channel is: either side may end first. */
function streamTo(at: NetConnectOpts): Socket {
  const socket = connect({ ...at, allowHalfOpen: true });
  // Whoever is given the stream listens too; unheard, an error would end the process.
  socket.on("error", () => socket.destroy());
  return socket;
}

/** Waits for the word of `ssh`. Called before anything else can be connected to the same target. */
async function watched(socket: Socket, target: Target, opens: Opens, signal: AbortSignal): Promise<void> {
  const expected = opens.expect(target);
  socket.once("error", expected.forget);
  try {
    await Promise.race([Promise.all([once(socket, "connect"), expected.opened]), givenUp(signal)]);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/**
 * Without the word of `ssh`: it closes the socket of a channel that was refused, so what is still open after a round
 * trip counts as open. Why it was refused cannot be told.
 */
async function blind(socket: Socket, target: Target, roundTrip: RoundTrip, signal: AbortSignal): Promise<void> {
  const settled = new AbortController();
  const waiting = AbortSignal.any([signal, settled.signal]);
  try {
    await once(socket, "connect", { signal });
    const ended = once(socket, "readable", { signal: waiting }).then(() => socket.readableLength === 0);
    if (await Promise.race([ended, roundTrip(waiting).then(() => false)])) throw refused(target);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    settled.abort();
  }
}

function refused(target: Target): TunnelError {
  const values = { target: targetText(target) };
  const said = message("Nothing answers at {target} on the host, or it does not allow the connection.", values);
  return new TunnelError("nothing-listens", said);
}

function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(cancelled());
    signal.addEventListener("abort", () => reject(cancelled()), { once: true });
  });
}

function whyNot(error: unknown, target: Target, signal: AbortSignal): TunnelError {
  const values = { target: targetText(target) };
  const isLate = signal.reason instanceof Error && signal.reason.name === "TimeoutError";
  if (signal.aborted && isLate)
    return new TunnelError("timed-out", message("{target} did not answer in time.", values));
  if (signal.aborted) return cancelled();
  return asTunnelError(error, "connection-lost", message("The connection was lost on the way to {target}.", values));
}
