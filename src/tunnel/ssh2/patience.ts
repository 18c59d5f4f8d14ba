/** How long the steps of a login may take. It stands still while somebody is asked: people are not to be hurried. */
export type Patience = {
  /** From now on the next step has so much time; then `expire` is called. Ends the step before. */
  allow(ms: number, expire: () => void): void;
  pause(): void;
  /** The step has its whole time again. */
  resume(): void;
  stop(): void;
};

export function patience(): Patience {
  let step: { readonly ms: number; readonly expire: () => void } | undefined;
  let paused = false;
  let timer: NodeJS.Timeout | undefined;

  function arm(): void {
    clearTimeout(timer);
    timer = step && !paused ? setTimeout(step.expire, step.ms) : undefined;
  }

  return {
    allow(ms, expire) {
      step = { ms, expire };
      arm();
    },
    pause() {
      paused = true;
      arm();
    },
    resume() {
      paused = false;
      arm();
    },
    stop() {
      step = undefined;
      arm();
    },
  };
}
