import type { Duplex } from "node:stream";
import type { Forwarder } from "../../../src/tunnel/forward/forwarder.ts";

/** A local port without sockets. */
export type FakeForwarder = Forwarder & {
  /** What happens when a local program connects. */
  open(signal: AbortSignal): Promise<Duplex>;
  bytes: { down: number; up: number };
  lastActivity: number;
  readonly paused: boolean;
  readonly closed: boolean;
  /** How often its connections were dropped. */
  readonly drops: number;
};

export function fakeForwarder(open: (signal: AbortSignal) => Promise<Duplex>, port = 8888): FakeForwarder {
  const state = { paused: false, closed: false, drops: 0 };
  return {
    open,
    port,
    bytes: { down: 0, up: 0 },
    connections: 0,
    lastActivity: 0,
    pause() {
      state.paused = true;
    },
    resume() {
      state.paused = false;
    },
    dropAll() {
      state.drops++;
    },
    async close() {
      state.closed = true;
    },
    get paused() {
      return state.paused;
    },
    get closed() {
      return state.closed;
    },
    get drops() {
      return state.drops;
    },
  };
}
