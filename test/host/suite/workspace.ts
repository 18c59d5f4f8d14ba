/** What the tests do in the editor: write files, open them, wait for what is shown of them. */
import assert from "node:assert/strict";
import * as vscode from "vscode";

const waitMs = 20_000;

export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "The tests run in a folder");
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = uriOf(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Opens a file as a person would; what is opened by `openTextDocument` stays open for minutes after it is closed. */
export async function open(path: string, text: string): Promise<vscode.TextEditor> {
  const uri = await write(path, text);
  await vscode.commands.executeCommand("vscode.open", uri);
  return until(`${path} is open`, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === uri.toString() && editor;
  });
}

export async function remove(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await vscode.workspace.fs.delete(uriOf(path), { recursive: true });
}

/** Closes every editor without saving, so that the next test starts with none. */
export async function closeAll(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The rules found in a file and what each underlines, as `public-bind: 0.0.0.0`. */
export function found(path: string, text: string): string[] {
  return ours(uriOf(path))
    .map((diagnostic) => `${ruleOf(diagnostic)}: ${underlined(text, diagnostic.range)}`)
    .sort();
}

export function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Launch Guard");
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

function underlined(text: string, { start, end }: vscode.Range): string {
  const lines = text.split("\n").slice(start.line, end.line + 1);
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.character : 0, index === lines.length - 1 ? end.character : undefined),
    )
    .join("\n");
}

/** Waits until `look` finds what it looks for, trying again whenever a problem, a text or an editor has changed. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const subscriptions: vscode.Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const tryAgain = () => {
        const result = look();
        if (result !== undefined && result !== false) resolve(result);
      };
      timer = setTimeout(() => reject(new Error(`Waited in vain until ${what}`)), waitMs);
      subscriptions.push(
        vscode.languages.onDidChangeDiagnostics(tryAgain),
        vscode.workspace.onDidChangeTextDocument(tryAgain),
        vscode.window.onDidChangeTextEditorSelection(tryAgain),
        vscode.window.onDidChangeActiveTextEditor(tryAgain),
        vscode.window.tabGroups.onDidChangeTabs(tryAgain),
      );
      tryAgain();
    });
  } finally {
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
  }
}

/** Waits until exactly these problems are found in a file, each as `rule: underlined text`. */
export async function untilFound(
  path: string,
  text: string,
  expected: readonly string[],
): Promise<vscode.Diagnostic[]> {
  const wanted = [...expected].sort().join("\n");
  try {
    await until("the problems are found", () => found(path, text).join("\n") === wanted);
  } catch {
    assert.deepEqual(found(path, text), [...expected].sort());
  }
  return ours(uriOf(path));
}

export async function actionsAt(editor: vscode.TextEditor, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", editor.document.uri, range);
}
