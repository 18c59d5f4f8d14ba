import type { Clock } from "../clock.ts";
import { cancelled, TunnelError, type TunnelErrorCode } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Link } from "../link.ts";
import { backoffMs } from "./backoff.ts";
import { shared } from "./shared.ts";

/** Before the next attempt to connect again. */
export type Pause = {
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number;
  /** Why the last attempt failed; absent before the first. */
  readonly because?: TunnelError;
};

/** One host and its link, for everyone who needs it: they share attempts as well as what comes of them. */
export type Connection = {
  readonly host: Host;
  /** The link, made now where there is none. */
  link(signal: AbortSignal): Promise<Link>;
  /**
   * The link, after one was lost: attempts without end, with pauses, until one succeeds or fails in a way that only a
   * person can mend. Each pause is told to everyone who waits.
   */
  linkAgain(signal: AbortSignal, onPause: (pause: Pause) => void): Promise<Link>;
  /** Ends the pause before the next attempt. */
  hurry(): void;
  /** Asks the far side for a sign of life now; a link that gives none is closed. */
  check(): Promise<void>;
};

/** A connection, and its end: closes the link, also one that is just being made; settles when nothing is left. */
export function openConnection(
  host: Host,
  connect: (signal: AbortSignal) => Promise<Link>,
  clock: Clock,
): Connection & { close(): Promise<void> } {
  const over = new AbortController();
  const watchers = new Set<(pause: Pause) => void>();
  let live: Link | undefined;
  let making: Promise<unknown> = Promise.resolve();
  let attempt = 0;
  let pause: Pause | undefined;
  let pausing = new AbortController();

  const make = shared((signal) => {
    const made = kept(AbortSignal.any([signal, over.signal]));
    making = made.catch(() => undefined);
    return made;
  });

  async function kept(signal: AbortSignal): Promise<Link> {
    const made = await connect(signal);
    if (signal.aborted) {
      await made.close();
      throw cancelled();
    }
    live = made;
    pausing.abort();
    void forgetWhenGone(made, clock.now());
    return made;
  }

  async function forgetWhenGone(made: Link, since: number): Promise<void> {
    await made.gone;
    if (live === made) live = undefined;
    // A link that is lost as soon as it is there is no success that pauses should start anew from.
    if (clock.now() - since > steadyMs) attempt = 0;
  }

  const persist = shared(async (signal) => {
    for (let because: TunnelError | undefined; ; ) {
      await rest(signal, because);
      try {
        return await link(signal);
      } catch (error) {
        if (!(error instanceof TunnelError) || !passing.has(error.code)) throw error;
        because = error;
      }
    }
  });

  async function rest(signal: AbortSignal, because: TunnelError | undefined): Promise<void> {
    const ms = backoffMs(++attempt, clock.random);
    pause = { attempt, nextAt: clock.now() + ms, ...(because ? { because } : {}) };
    for (const watch of watchers) watch(pause);
    pausing = new AbortController();
    await clock.wait(ms, AbortSignal.any([signal, over.signal, pausing.signal])).catch(() => undefined);
    pause = undefined;
    if (signal.aborted) throw cancelled();
  }

  async function link(signal: AbortSignal): Promise<Link> {
    if (over.signal.aborted) throw cancelled();
    return live ?? make(signal);
  }

  return {
    host,
    link,
    async linkAgain(signal, onPause) {
      if (live) return live;
      watchers.add(onPause);
      if (pause) onPause(pause);
      return persist(signal).finally(() => watchers.delete(onPause));
    },
    hurry: () => pausing.abort(),
    async check() {
      const checked = live;
      await checked?.probe(signOfLifeMs).catch(() => checked.close());
    },
    async close() {
      over.abort();
      await making;
      await live?.close();
    },
  };
}

/** Failures of the network, which come and go by themselves. */
const passing: ReadonlySet<TunnelErrorCode> = new Set(["unreachable", "timed-out", "connection-lost"]);

const steadyMs = 30_000;
const signOfLifeMs = 3_000;
