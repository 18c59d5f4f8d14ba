import * as vscode from "vscode";
import { findFiles } from "./candidates.ts";
import type { Engine } from "./engine.ts";
import type { Linter } from "./linter.ts";
import type { Log } from "./log.ts";
import type { Project } from "./project.ts";

/** What a scan has come to. */
type Result = { files: number; affected: number; problems: number };

/** Work goes on for this long before the editor gets its turn. */
const sliceMs = 10;

/** Looks at every file of the workspace, in slices, and shows what is wrong in files that are not open too. */
export async function scanWorkspace(linter: Linter, engine: Engine, log: Log): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    await vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first; there is nothing to scan."));
    return;
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Launch Guard is scanning"),
    cancellable: true,
  };
  const { result, finished } = await vscode.window.withProgress(options, async (progress, token) => ({
    result: await scanQuietly(linter, engine, log, token, progress),
    finished: !token.isCancellationRequested,
  }));
  // The scan is over, whether or not anyone answers.
  void tell(result, finished);
}

/** The same without a word to anyone. */
export async function scanQuietly(
  linter: Linter,
  engine: Engine,
  log: Log,
  token: vscode.CancellationToken,
  progress: Scan["progress"] = { report: () => undefined },
): Promise<Result> {
  const result: Result = { files: 0, affected: 0, problems: 0 };
  const projects = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => linter.projectOf(uri) ?? []);
  for (const project of projects) await scanProject(project, { linter, engine, progress, token, result });
  log.info(`Scanned ${result.files} files: ${result.problems} problems in ${result.affected} of them.`);
  return result;
}

type Scan = {
  readonly linter: Linter;
  readonly engine: Engine;
  readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
  readonly token: vscode.CancellationToken;
  readonly result: Result;
};

async function scanProject(project: Project, { linter, engine, progress, token, result }: Scan): Promise<void> {
  const paths = await readablePaths(project, engine, token);
  let sliceEnd = Date.now() + sliceMs;
  for (const path of paths) {
    if (token.isCancellationRequested) return;
    const problems = linter.keep(project, path);
    result.files++;
    result.problems += problems;
    if (problems > 0) result.affected++;
    progress.report({ message: path, increment: 100 / paths.length });
    if (Date.now() < sliceEnd) continue;
    await editorsTurn();
    sliceEnd = Date.now() + sliceMs;
  }
  if (!token.isCancellationRequested) linter.follow(project);
}

/** So many files are loaded at a time; most of those without an extension turn out to be none of ours. */
const chunkSize = 64;

/** The files to look at, loaded; those that belong to a folder further in are left to that one. */
async function readablePaths(
  { root, files, isLeftOut }: Project,
  engine: Engine,
  token: vscode.CancellationToken,
): Promise<string[]> {
  const found = await findFiles(root, engine, token);
  const own = found.filter((uri) => vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === root.toString());
  const paths = own.map(files.pathOf).filter((path) => !isLeftOut(path));
  const kept: string[] = [];
  for (let from = 0; from < paths.length && !token.isCancellationRequested; from += chunkSize) {
    const chunk = paths.slice(from, from + chunkSize);
    files.load(chunk.filter((path) => !files.isKnown(path)));
    await files.loaded();
    for (const path of chunk) {
      if (engine.isReadable(path, files.read(path))) kept.push(path);
      else files.forget(path);
    }
  }
  return kept;
}

function editorsTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function tell({ files, affected, problems }: Result, finished: boolean): Promise<void> {
  const counts = { files, affected, problems };
  const found = vscode.l10n.t(
    "Launch Guard: problems: {problems}, files with problems: {affected}, files looked at: {files}.",
    counts,
  );
  const text = finished ? found : `${vscode.l10n.t("The scan was stopped.")} ${found}`;
  const show = vscode.l10n.t("Show Problems");
  const choices = problems > 0 ? [show] : [];
  if ((await vscode.window.showInformationMessage(text, ...choices)) === show)
    await vscode.commands.executeCommand("workbench.actions.view.problems");
}
