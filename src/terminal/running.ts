import * as vscode from "vscode";
import type { Verdict } from "../core/command/judge.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import type { Judged } from "./judging.ts";
import type { Started } from "./started.ts";

/** A launch that runs, as far as can be told. */
export type Running = {
  readonly id: string;
  readonly started: Started;
  /** The whole command that started it. */
  readonly command: Judged;
  readonly judged: JudgedLaunch;
  /** What there is to say of it; nothing of one that is as it should be. */
  readonly verdict: Verdict | undefined;
  readonly since: number;
};

/** The launches that run in this window, from their start until they are seen to be gone. */
export type RunningLaunches = vscode.Disposable & {
  all(): readonly Running[];
  find(id: string): Running | undefined;
  add(launch: Omit<Running, "id">): Running;
  remove(launch: Running): void;
  readonly onDidChange: vscode.Event<void>;
};

export function runningLaunches(): RunningLaunches {
  const launches = new Map<string, Running>();
  const changed = new vscode.EventEmitter<void>();
  let count = 0;
  return {
    all: () => [...launches.values()],
    find: (id) => launches.get(id),
    add(launch) {
      const running = { ...launch, id: `running-${++count}` };
      launches.set(running.id, running);
      changed.fire();
      return running;
    },
    remove({ id }) {
      if (launches.delete(id)) changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
