import type { Clock } from "../../../src/tunnel/clock.ts";
import { cancelled } from "../../../src/tunnel/error.ts";

/** A clock that stands until it is moved; chance is always the same. */
export type FakeClock = Clock & {
  /** Lets time pass, with all that is due meanwhile. */
  advance(ms: number): Promise<void>;
  /** The machine sleeps: the calendar goes on and no timer does. */
  sleep(ms: number): void;
  /** How many wait right now. */
  readonly waiting: number;
};

type Timer = { due: number; fire(): void };

export function fakeClock(chance = 0.5): FakeClock {
  let now = Date.UTC(2026, 0, 1);
  let elapsed = 0;
  const timers = new Set<Timer>();

  return {
    now: () => now,
    random: () => chance,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(cancelled());
        const abort = () => {
          timers.delete(timer);
          reject(cancelled());
        };
        const fire = () => {
          timers.delete(timer);
          signal.removeEventListener("abort", abort);
          resolve();
        };
        const timer = { due: elapsed + ms, fire };
        timers.add(timer);
        signal.addEventListener("abort", abort, { once: true });
      }),
    async advance(ms) {
      const end = elapsed + ms;
      for (;;) {
        await turn();
        const next = [...timers].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
        const until = next?.due ?? end;
        now += Math.max(0, until - elapsed);
        elapsed = Math.max(elapsed, until);
        if (!next) return;
        next.fire();
      }
    },
    sleep(ms) {
      now += ms;
    },
    get waiting() {
      return timers.size;
    },
  };
}

/** Everything that is ready to run has run; sockets are not waited for. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
