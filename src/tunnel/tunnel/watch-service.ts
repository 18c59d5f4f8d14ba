import type { Clock } from "../clock.ts";
import { TunnelError, type TunnelErrorCode } from "../error.ts";
import type { Link } from "../link.ts";
import { askService, type Service } from "./health.ts";

export type ServiceWatch = {
  readonly clock: Clock;
  /** When the service last sent something to anyone, in milliseconds since 1970. */
  lastActivity(): number;
  /** Each result: nothing, or why there was no answer. */
  onChecked(failure: TunnelError | undefined): void;
  /** Before each pause: what ends it. */
  onPause(nudge: () => void): void;
};

/**
 * Asks a service again and again whether it answers, until the signal aborts. A link that is cut is noticed after 9 s at
 * the latest. Rejects with `forwarding-forbidden`, which no waiting mends.
 */
export async function watchService(
  link: Link,
  service: Service,
  { clock, lastActivity, onChecked, onPause }: ServiceWatch,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const began = clock.now();
    const failure = await reasonOfSilence(askService(link, service, patienceMs, clock, signal));
    if (signal.aborted) return;
    if (failure?.code === "forwarding-forbidden") throw failure;
    // On a line that is full with the service's own data our question waits. That is no silence.
    const flows = failure !== undefined && silences.has(failure.code) && lastActivity() >= began;
    onChecked(flows ? undefined : failure);
    await pause(flows ? soonMs : everyMs);
  }

  async function pause(ms: number): Promise<void> {
    const nudged = new AbortController();
    onPause(() => nudged.abort());
    await clock.wait(ms, AbortSignal.any([signal, nudged.signal])).catch(() => undefined);
  }
}

const everyMs = 5_000;
const soonMs = 500;
const patienceMs = 4_000;

const silences: ReadonlySet<TunnelErrorCode> = new Set(["timed-out", "service-silent"]);

async function reasonOfSilence(asked: Promise<void>): Promise<TunnelError | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (error instanceof TunnelError) return error;
    throw error;
  }
}
