import * as vscode from "vscode";
import { configName } from "../core/config.ts";
import type { Finding } from "../core/finding.ts";
import { isAtLeast } from "../core/severity.ts";
import { configDiagnosticOf, diagnosticOf } from "./diagnostics.ts";
import { documentAt } from "./files.ts";
import { guarded, type Log } from "./log.ts";
import type { Project } from "./project.ts";
import type { ReadSettings } from "./settings.ts";

/** What the editor's list of problems says in our name. */
export type Problems = vscode.Disposable & {
  /** The findings of a file as it is now, as far as the settings let them be seen. */
  visible(project: Project, path: string): readonly Finding[];
  /** Whether a file's problems are shown: those of open files are, and those of files that a scan has met. */
  isShown(project: Project, path: string): boolean;
  /** Shows what is to be said of a file now. */
  show(project: Project, path: string): void;
  /** Shows a file from now on, open or not; answers how many problems it has. */
  keep(project: Project, path: string): number;
  /** The files of a project that are shown open or not. */
  kept(project: Project): Iterable<string>;
  keepNone(): void;
  /** Takes the problems of a document away. */
  hide(uri: vscode.Uri): void;
};

export function listProblems(log: Log, settingsOf: ReadSettings): Problems {
  const shown = vscode.languages.createDiagnosticCollection("launch-guard");
  const keptPaths = new Map<Project, Set<string>>();

  function visible(project: Project, path: string): readonly Finding[] {
    const { enable, minimumSeverity } = settingsOf(project.files.uriOf(path));
    if (!enable || path === configName) return [];
    return project.findings(path).filter(({ severity }) => isAtLeast(severity, minimumSeverity));
  }

  function diagnosticsOf(project: Project, path: string): vscode.Diagnostic[] {
    if (path === configName)
      return project.configuration().problems.map((problem) => configDiagnosticOf(problem, project));
    return visible(project, path).map((finding) => diagnosticOf(finding, project));
  }

  function show(project: Project, path: string): void {
    guarded(log, `${path} could not be looked at.`, () =>
      shown.set(project.files.uriOf(path), diagnosticsOf(project, path)),
    );
  }

  return {
    visible,
    isShown(project, path) {
      return keptPaths.get(project)?.has(path) === true || documentAt(project.files.uriOf(path)) !== undefined;
    },
    show,
    keep(project, path) {
      keptPaths.set(project, (keptPaths.get(project) ?? new Set()).add(path));
      show(project, path);
      return shown.get(project.files.uriOf(path))?.length ?? 0;
    },
    kept: (project) => keptPaths.get(project) ?? [],
    keepNone() {
      keptPaths.clear();
      shown.clear();
    },
    hide(uri) {
      if (shown.has(uri)) shown.delete(uri);
    },
    dispose: () => shown.dispose(),
  };
}
