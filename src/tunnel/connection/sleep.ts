import type { Clock } from "../clock.ts";

/**
 * Calls `onWake` each time the machine seems to have slept, until the signal aborts: timers stand still meanwhile and
 * the calendar does not. A machine that was only very busy looks the same, which costs a sign of life.
 */
export async function watchSleep(clock: Clock, onWake: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const before = clock.now();
    await clock.wait(tickMs, signal).catch(() => undefined);
    if (!signal.aborted && clock.now() - before > tickMs + sleptMs) onWake();
  }
}

const tickMs = 2_000;
const sleptMs = 4_000;
