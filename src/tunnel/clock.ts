import { setTimeout as timeout } from "node:timers/promises";
import { cancelled } from "./error.ts";

/** Time and chance as the tunnels see them; tests bring their own. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Keeps no process alive. Rejects with `cancelled` when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
};

export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  wait: (ms, signal) =>
    timeout(ms, undefined, { signal, ref: false }).catch(() => {
      throw cancelled();
    }),
};
