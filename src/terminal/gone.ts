import type * as vscode from "vscode";
import { isListening, portOf } from "./listening.ts";
import type { Running, RunningLaunches } from "./running.ts";

/** Takes launches that outlive their command off the list once they are seen to be gone. */
export type Gone = vscode.Disposable & {
  /** Settles once it was looked at for the first time. */
  watch(launch: Running): Promise<void>;
};

/**
 * A launch is gone when its port was open and is not any more. One whose port cannot be seen from here stays on the list
 * until its user takes it off.
 */
export function watchGone(running: RunningLaunches, seesSockets: boolean, everyMs = 2_000): Gone {
  const watched = new Map<Running, { readonly port: number; wasOpen: boolean }>();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    for (const [launch, watch] of watched) {
      const isOpen = await isListening(watch.port);
      if (watch.wasOpen && !isOpen) running.remove(launch);
      watch.wasOpen ||= isOpen;
    }
  }

  const removed = running.onDidChange(() => {
    for (const launch of watched.keys()) if (!running.find(launch.id)) watched.delete(launch);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
  return {
    async watch(launch) {
      const port = portOf(launch.judged);
      if (!seesSockets || port === undefined) return;
      watched.set(launch, { port, wasOpen: false });
      timer ??= setInterval(() => void look(), everyMs);
      await look();
    },
    dispose() {
      clearInterval(timer);
      removed.dispose();
    },
  };
}
