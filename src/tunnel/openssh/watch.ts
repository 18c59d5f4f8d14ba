import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";

/** Watches over a login: it ends when it is cancelled, when it fails, or when nothing is heard of it for too long. */
export type Watch = {
  /** Rejects when the login must end; never settles otherwise. */
  readonly failed: Promise<never>;
  fail(error: TunnelError): void;
  /** A sign of life. */
  alive(): void;
  /** Time does not count while a person is asked. */
  asking<T>(question: () => Promise<T>): Promise<T>;
  close(): void;
};

export function watchLogin(host: string, quietMs: number, signal: AbortSignal): Watch {
  let fail = (_: TunnelError) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may fail when nobody waits for it any more.
  failed.catch(() => undefined);
  const silent = message("{host} did not answer in time while logging in.", { host });
  let questions = 0;
  const timer = setTimeout(() => questions === 0 && fail(new TunnelError("timed-out", silent)), quietMs);
  const stop = () => fail(cancelled());
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  return {
    failed,
    fail,
    alive: () => void timer.refresh(),
    async asking(question) {
      questions++;
      try {
        return await question();
      } finally {
        questions--;
        timer.refresh();
      }
    },
    close() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    },
  };
}
