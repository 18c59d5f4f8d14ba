import * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import { documentPath } from "./document-path.ts";
import type { Engine } from "./engine.ts";
import { guarded, type Log } from "./log.ts";
import { listProblems } from "./problems.ts";
import type { Project } from "./project.ts";
import { openProjects } from "./projects.ts";
import type { ReadSettings } from "./settings.ts";
import { whenTypingPauses } from "./typing.ts";

/** A file that the engine reads, and what is shown of it. */
export type Checked = { readonly project: Project; readonly path: string; readonly findings: readonly Finding[] };

export type Linter = vscode.Disposable & {
  /** What there is to say of a document as it is at this moment; `undefined` if the engine does not read it. */
  check(document: vscode.TextDocument): Checked | undefined;
  /** The project that a folder or file belongs to. */
  projectOf(uri: vscode.Uri): Project | undefined;
  /** Shows a file's problems from now on, open or not; answers how many they are. */
  keep(project: Project, path: string): number;
  /** Shows the problems of files that turn up in a project from now on, as those that were kept. */
  follow(project: Project): void;
  /** All that is shown, of files that are open or kept. */
  shown(): readonly Checked[];
  showOpenFilesOnly(): void;
  /** What is shown has changed. */
  readonly onDidShow: vscode.Event<void>;
};

/** Keeps the editor's problems as the open files, the disk, the configuration and the settings are. */
export function startLinter(engine: Engine, log: Log, settingsOf: ReadSettings): Linter {
  const problems = listProblems(log, settingsOf);
  const projects = openProjects(engine, log, update);
  const typing = whenTypingPauses(update);
  const didShow = new vscode.EventEmitter<void>();
  const followed = new Set<Project>();

  /** Looks again at what has changed, and at what was or is judged by it. */
  function update(project: Project, paths: Iterable<string>): void {
    guarded(log, "A change could not be followed.", () => {
      for (const path of project.changed(paths)) {
        if (followed.has(project) && isOwn(project, path)) problems.keep(project, path);
        else if (problems.isShown(project, path)) problems.show(project, path);
      }
    });
    didShow.fire();
  }

  /** Whether the engine reads it, and no folder further in does. */
  function isOwn(project: Project, path: string): boolean {
    const text = project.files.read(path);
    return text !== undefined && engine.isReadable(path, text) && projects.of(project.files.uriOf(path)) === project;
  }

  function find(document: vscode.TextDocument): { project: Project; path: string } | undefined {
    const project = projects.of(document.uri);
    const path = project && documentPath(document, project, engine);
    if (project && path !== undefined) return { project, path };
    // It may have been one of ours a moment ago, under another first line.
    problems.hide(document.uri);
    return undefined;
  }

  function opened(document: vscode.TextDocument): void {
    const found = find(document);
    if (found) update(found.project, [found.path]);
  }

  function edited(document: vscode.TextDocument): void {
    const { run, delay } = settingsOf(document.uri);
    const found = run === "onType" ? find(document) : undefined;
    if (found) typing.changed(found.project, found.path, delay);
  }

  function closed(document: vscode.TextDocument): void {
    const found = find(document);
    if (!found) return;
    const { project, path } = found;
    if (!problems.isShown(project, path)) problems.hide(document.uri);
    // What was typed and not saved is gone.
    project.files.load([path]);
    update(project, [path]);
    projects.release(project);
  }

  function showAll(): void {
    for (const project of projects.all()) {
      project.reset();
      for (const path of problems.kept(project)) problems.show(project, path);
    }
    for (const document of vscode.workspace.textDocuments) {
      const found = find(document);
      if (found) problems.show(found.project, found.path);
    }
    didShow.fire();
  }

  function showOpenFilesOnly(): void {
    followed.clear();
    problems.keepNone();
    showAll();
  }

  function startAgain(): void {
    for (const project of projects.all()) projects.close(project);
    followed.clear();
    problems.keepNone();
    vscode.workspace.textDocuments.forEach(opened);
  }

  function shown(): Checked[] {
    const kept = Array.from(projects.all()).flatMap((project) =>
      Array.from(problems.kept(project), (path) => ({ project, path })),
    );
    const open = vscode.workspace.textDocuments.flatMap((document) => find(document) ?? []);
    const each = new Map([...kept, ...open].map((file) => [file.project.files.uriOf(file.path).toString(), file]));
    return Array.from(each.values(), checked);
  }

  function checked({ project, path }: Pick<Checked, "project" | "path">): Checked {
    return { project, path, findings: problems.visible(project, path) };
  }

  const parts = vscode.Disposable.from(
    problems,
    projects,
    typing,
    didShow,
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
  );
  vscode.workspace.textDocuments.forEach(opened);

  return {
    check(document) {
      const found = find(document);
      return found && checked(found);
    },
    projectOf: projects.of,
    keep: problems.keep,
    follow: (project) => followed.add(project),
    shown,
    showOpenFilesOnly,
    onDidShow: didShow.event,
    dispose: () => parts.dispose(),
  };
}
