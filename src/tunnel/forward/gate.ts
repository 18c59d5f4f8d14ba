import { EventEmitter, once, setMaxListeners } from "node:events";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";

/** Open while there is a link. Who comes while it is shut waits in front of it, for a while. */
export type Gate = {
  open(): void;
  shut(): void;
  /** Settles at once where it is open; rejects as `nextOpening` does. */
  pass(signal: AbortSignal): Promise<void>;
  /** Waits until it is opened the next time. Rejects with `connection-lost` after `patienceMs`, or with `cancelled`. */
  nextOpening(signal: AbortSignal): Promise<void>;
};

export function openGate(patienceMs: number): Gate {
  let isOpen = true;
  const openings = new EventEmitter();
  setMaxListeners(0, openings);

  async function nextOpening(signal: AbortSignal): Promise<void> {
    const patience = AbortSignal.timeout(patienceMs);
    try {
      await once(openings, "open", { signal: AbortSignal.any([signal, patience]) });
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw new TunnelError("connection-lost", message("The connection to the host did not come back in time."), error);
    }
  }

  return {
    open() {
      isOpen = true;
      openings.emit("open");
    },
    shut() {
      isOpen = false;
    },
    pass: async (signal) => (isOpen ? undefined : nextOpening(signal)),
    nextOpening,
  };
}
