import type * as vscode from "vscode";
import type { Project } from "./project.ts";

export type Typing = vscode.Disposable & {
  /** A file was typed in; it is handed on when nothing has been typed anywhere for `delayMs`. */
  changed(project: Project, path: string, delayMs: number): void;
};

/** Collects what is typed in until there is a pause. */
export function whenTypingPauses(handOn: (project: Project, paths: ReadonlySet<string>) => void): Typing {
  const pending = new Map<Project, Set<string>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    const changes = [...pending];
    pending.clear();
    for (const [project, paths] of changes) handOn(project, paths);
  }

  return {
    changed(project, path, delayMs) {
      pending.set(project, (pending.get(project) ?? new Set()).add(path));
      clearTimeout(timer);
      timer = setTimeout(flush, delayMs);
    },
    dispose: () => clearTimeout(timer),
  };
}
