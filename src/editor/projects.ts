import * as vscode from "vscode";
import { findNeighbours } from "./candidates.ts";
import type { Engine } from "./engine.ts";
import { type Log, logBug } from "./log.ts";
import { openProject, type Project } from "./project.ts";

export type Projects = vscode.Disposable & {
  /** The project that a file belongs to: its workspace folder, else the folder it stands in. */
  of(uri: vscode.Uri): Project | undefined;
  all(): Iterable<Project>;
  /** Gives up a project; the next file of it opens it anew. */
  close(project: Project): void;
  /** Gives up the project of a loose file that was closed, unless others stand beside it. */
  release(project: Project): void;
};

/** What a project has to tell: files that have another text than before. */
export type OnChanged = (project: Project, paths: readonly string[]) => void;

/** Opens projects as files of them turn up, and keeps them as the disk is. */
export function openProjects(engine: Engine, log: Log, onChanged: OnChanged): Projects {
  const projects = new Map<string, Project>();
  const watchers = new Map<Project, vscode.Disposable>();

  function open(root: vscode.Uri): Project {
    const project = openProject(root, engine, (paths) => onChanged(project, paths));
    projects.set(root.toString(), project);
    if (!isFolder(root)) return project;
    watchers.set(project, watch(project, engine));
    findNeighbours(root, engine).then(
      (uris) => project.files.load(uris.map(project.files.pathOf)),
      (error) => logBug(log, "The files of the workspace could not be listed.", error),
    );
    return project;
  }

  function close(project: Project): void {
    projects.delete(project.root.toString());
    watchers.get(project)?.dispose();
    watchers.delete(project);
  }

  return {
    of(uri) {
      const root = rootOf(uri);
      return root && (projects.get(root.toString()) ?? open(root));
    },
    all: () => projects.values(),
    close,
    release(project) {
      const isHere = ({ uri }: vscode.TextDocument) => rootOf(uri)?.toString() === project.root.toString();
      if (!isFolder(project.root) && !vscode.workspace.textDocuments.some(isHere)) close(project);
    },
    dispose() {
      for (const watcher of watchers.values()) watcher.dispose();
    },
  };
}

/** Documents outside of every workspace folder that a person edits; not the old versions that git shows, nor output. */
const loose = new Set(["file", "untitled"]);

function rootOf(uri: vscode.Uri): vscode.Uri | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder) return folder.uri;
  return loose.has(uri.scheme) ? vscode.Uri.joinPath(uri, "..") : undefined;
}

function isFolder(root: vscode.Uri): boolean {
  return vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === root.toString()) === true;
}

/** The disk's news of files that have been loaded or that the engine would read. */
function watch({ root, files }: Project, engine: Engine): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, "**/*"));
  const reload = (uri: vscode.Uri) => {
    const path = files.pathOf(uri);
    if (files.isKnown(path) || engine.isReadable(path)) files.load([path]);
  };
  watcher.onDidChange(reload);
  watcher.onDidCreate(reload);
  watcher.onDidDelete(reload);
  return watcher;
}
