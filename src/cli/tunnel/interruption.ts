/** That the user or the system wants this process to end. */
export type Interruption = {
  readonly signal: AbortSignal;
  /** Which signal it was, once there was one. */
  by(): InterruptionName | undefined;
  /** As if the signal had come: Ctrl-C is only a character while the terminal is raw. */
  interrupt(name: InterruptionName): void;
};

/** What a shell shows for a process that a signal has ended: 128 and its number. */
export const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
export type InterruptionName = keyof typeof exitCodes;

const names: readonly InterruptionName[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Listens for what ends a process until `release`; the first one asks for it, the second one does it. */
export function interruptionOf(owner: Pick<NodeJS.Process, "on" | "off" | "exit">): Interruption & { release(): void } {
  const controller = new AbortController();
  let first: InterruptionName | undefined;
  function interrupt(name: InterruptionName): void {
    if (first) owner.exit(exitCodes[name]);
    first = name;
    controller.abort();
  }
  for (const name of names) owner.on(name, interrupt);
  return {
    signal: controller.signal,
    by: () => first,
    interrupt,
    release() {
      for (const name of names) owner.off(name, interrupt);
    },
  };
}
