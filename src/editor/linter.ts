import * as vscode from "vscode";
import { configName } from "../core/config.ts";
import type { Finding } from "../core/finding.ts";
import { configDiagnosticOf, diagnosticOf } from "./diagnostics.ts";
import { documentPath } from "./document-path.ts";
import type { Engine } from "./engine.ts";
import { documentAt } from "./files.ts";
import { guarded, type Log } from "./log.ts";
import type { Project } from "./project.ts";
import { openProjects } from "./projects.ts";
import type { ReadSettings } from "./settings.ts";

/** A file that the engine reads, and what is shown of it. */
export type Checked = { readonly project: Project; readonly path: string; readonly findings: readonly Finding[] };

export type Linter = vscode.Disposable & {
  /** What there is to say of a document as it is at this moment; `undefined` if the engine does not read it. */
  check(document: vscode.TextDocument): Checked | undefined;
  /** The project of a workspace folder. */
  projectOf(uri: vscode.Uri): Project | undefined;
  /** Shows a file's findings from now on, open or not; answers how many they are. */
  show(project: Project, path: string): number;
  /** Shows open files only. */
  showOpenFilesOnly(): void;
  /** What is shown has changed. */
  readonly onDidShow: vscode.Event<void>;
};

const ranks: Readonly<Record<Finding["severity"], number>> = { info: 0, warning: 1, error: 2 };

/** Keeps the editor's problems as the open files, the disk, the configuration and the settings are. */
export function startLinter(engine: Engine, log: Log, settingsOf: ReadSettings): Linter {
  const shown = vscode.languages.createDiagnosticCollection("launch-guard");
  const didShow = new vscode.EventEmitter<void>();
  const scanned = new Map<Project, Set<string>>();
  const projects = openProjects(engine, log, update);
  const pending = new Map<Project, Set<string>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isShown(project: Project, path: string): boolean {
    return scanned.get(project)?.has(path) === true || documentAt(project.files.uriOf(path)) !== undefined;
  }

  function visible(project: Project, path: string): readonly Finding[] {
    const { enable, minimumSeverity } = settingsOf(project.files.uriOf(path));
    if (!enable || path === configName) return [];
    return project.findings(path).filter(({ severity }) => ranks[severity] >= ranks[minimumSeverity]);
  }

  function publish(project: Project, path: string): void {
    guarded(log, `${path} could not be looked at.`, () => {
      const diagnostics =
        path === configName
          ? project.configuration().problems.map((problem) => configDiagnosticOf(problem, project))
          : visible(project, path).map((finding) => diagnosticOf(finding, project));
      shown.set(project.files.uriOf(path), diagnostics);
    });
  }

  /** Looks again at what has changed, and at what was or is judged by it. */
  function update(project: Project, paths: Iterable<string>): void {
    guarded(log, "A change could not be followed.", () => {
      for (const path of project.changed(paths)) if (isShown(project, path)) publish(project, path);
    });
    didShow.fire();
  }

  function updateSoon(project: Project, path: string, delayMs: number): void {
    pending.set(project, (pending.get(project) ?? new Set()).add(path));
    clearTimeout(timer);
    timer = setTimeout(flush, delayMs);
  }

  function flush(): void {
    const changes = [...pending];
    pending.clear();
    for (const [project, paths] of changes) update(project, paths);
  }

  function find(document: vscode.TextDocument): { project: Project; path: string } | undefined {
    const project = projects.of(document.uri);
    const path = project && documentPath(document, project, engine);
    return project && path !== undefined ? { project, path } : undefined;
  }

  function opened(document: vscode.TextDocument): void {
    const found = find(document);
    if (found) update(found.project, [found.path]);
  }

  function edited(document: vscode.TextDocument): void {
    const { run, delay } = settingsOf(document.uri);
    const found = run === "onType" ? find(document) : undefined;
    if (found) updateSoon(found.project, found.path, delay);
  }

  function closed(document: vscode.TextDocument): void {
    const found = find(document);
    if (!found) return;
    const { project, path } = found;
    if (!isShown(project, path)) shown.delete(document.uri);
    // What was typed and not saved is gone.
    project.files.load([path]);
    update(project, [path]);
  }

  function showAll(): void {
    for (const project of projects.all()) {
      project.reset();
      for (const path of scanned.get(project) ?? []) publish(project, path);
    }
    for (const document of vscode.workspace.textDocuments) {
      const found = find(document);
      if (found) publish(found.project, found.path);
    }
    didShow.fire();
  }

  function startAgain(): void {
    for (const project of projects.all()) projects.close(project);
    scanned.clear();
    shown.clear();
    vscode.workspace.textDocuments.forEach(opened);
  }

  const subscriptions = vscode.Disposable.from(
    shown,
    didShow,
    projects,
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) edited(document);
    }),
    vscode.workspace.onDidSaveTextDocument(opened),
    vscode.workspace.onDidCloseTextDocument(closed),
    vscode.workspace.onDidChangeWorkspaceFolders(startAgain),
    vscode.workspace.onDidGrantWorkspaceTrust(showAll),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("launchGuard")) showAll();
    }),
    { dispose: () => clearTimeout(timer) },
  );
  vscode.workspace.textDocuments.forEach(opened);

  return {
    check(document) {
      const found = find(document);
      return found && { ...found, findings: visible(found.project, found.path) };
    },
    projectOf: projects.of,
    show(project, path) {
      scanned.set(project, (scanned.get(project) ?? new Set()).add(path));
      publish(project, path);
      return shown.get(project.files.uriOf(path))?.length ?? 0;
    },
    showOpenFilesOnly() {
      scanned.clear();
      shown.clear();
      showAll();
    },
    onDidShow: didShow.event,
    dispose: () => subscriptions.dispose(),
  };
}
