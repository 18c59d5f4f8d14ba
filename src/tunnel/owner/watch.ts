import { watch } from "node:fs";
import type { Log } from "../log.ts";
import { isLock } from "./lock-file.ts";
import type { OwnerRecord } from "./record.ts";

export type OwnerWatch = {
  /** Looks now; for when a connection to another window's tunnel fails. */
  check(): void;
  close(): void;
};

export type WatchOptions = {
  readonly folder: string;
  owners(): readonly OwnerRecord[];
  onChange(owners: readonly OwnerRecord[]): void;
  readonly log: Log;
  readonly checkEveryMs: number;
};

/** Calls with the owners whenever they change. The folder tells of most changes; only deaths have to be looked for. */
export function watchOwners({ folder, owners, onChange, log, checkEveryMs }: WatchOptions): OwnerWatch {
  let known = owners();
  let soon: NodeJS.Immediate | undefined;

  function check(): void {
    soon = undefined;
    const now = owners();
    if (JSON.stringify(now) === JSON.stringify(known)) return;
    known = now;
    onChange(now);
  }

  // One change makes several events.
  const checkSoon = () => {
    soon ??= setImmediate(check);
  };
  const stopWatching = watchFolder(folder, checkSoon, log);
  const timer = setInterval(() => {
    if (known.some(({ owner }) => owner.pid !== process.pid)) check();
  }, checkEveryMs).unref();
  return {
    check,
    close() {
      stopWatching();
      clearInterval(timer);
      clearImmediate(soon);
    },
  };
}

/** Calls when a lock file appears, changes or goes. Where a system cannot watch, the regular check has to do. */
function watchFolder(folder: string, onEvent: () => void, log: Log): () => void {
  const failed = (error: unknown) => log("warn", `Cannot watch ${folder}, which now takes longer: ${String(error)}`);
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name === null || isLock(name)) onEvent();
    });
    watcher.on("error", failed);
    return () => watcher.close();
  } catch (error) {
    failed(error);
    return () => undefined;
  }
}
