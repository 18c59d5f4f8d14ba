import { cancelled } from "../error.ts";

/**
 * Work that everyone who asks for it while it is under way gets the one result of. Who aborts leaves the others to it;
 * the work's own signal aborts when the last one has left.
 */
export function shared<T>(start: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let current: Work<T> | undefined;

  function begin(): Work<T> {
    const controller = new AbortController();
    const work: Work<T> = { result: start(controller.signal), joined: 0, giveUp: () => controller.abort() };
    const over = () => {
      if (current === work) current = undefined;
      work.giveUp = () => undefined;
    };
    void work.result.then(over, over);
    return work;
  }

  return async (signal) => {
    current ??= begin();
    const work = current;
    work.joined++;
    try {
      return await unlessAborted(work.result, signal);
    } finally {
      if (--work.joined === 0) {
        work.giveUp();
        // Who comes now is not to join what is being given up.
        if (current === work) current = undefined;
      }
    }
  };
}

type Work<T> = { readonly result: Promise<T>; joined: number; giveUp(): void };

/** The result, or `cancelled` as soon as the signal aborts. */
export function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    void result.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
