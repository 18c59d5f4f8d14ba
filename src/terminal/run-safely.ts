import * as vscode from "vscode";
import type { SafeCommand } from "../core/command/safe.ts";
import { insertable, literal } from "../core/word.ts";
import { fromHere } from "./from-here.ts";
import type { Judged } from "./judging.ts";
import type { Running } from "./running.ts";
import { stop } from "./stop.ts";

/** Shows the command that runs instead, asks once, stops the running one and runs it there. Answers whether it runs. */
export async function runSafely(running: Running): Promise<boolean> {
  const { started, command } = running;
  const safe = command.safe();
  if (!safe) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Launch Guard knows no line that does the same safely; the rule's page says what helps."),
    );
    return false;
  }
  if (!(await isWanted(running, safe))) return false;
  if (!(await stop(running))) {
    const show = vscode.l10n.t("Show Terminal");
    const told = vscode.l10n.t("It does not end. Stop it by hand, then run: {line}", { line: safe.text });
    if ((await vscode.window.showWarningMessage(told, show)) === show) started.terminal?.show();
    return false;
  }
  await freeName(running);
  await write(safe, command);
  // Whoever runs a server does not wait for its end.
  void started.run(safe.text);
  return true;
}

async function isWanted({ started, command }: Running, safe: SafeCommand): Promise<boolean> {
  const parts = [safe.text];
  if (safe.files.size > 0)
    parts.push(vscode.l10n.t("Before that, these lines are changed:"), ...changesOf(safe, command));
  if (!started.isVouchedFor)
    parts.push(vscode.l10n.t("The line was read from the screen; check that it is what you have typed."));
  const question = started.isRunning()
    ? vscode.l10n.t("Stop it, and run this instead?")
    : vscode.l10n.t("Run this instead?");
  const yes = vscode.l10n.t("Run Safely");
  const detail = parts.join("\n\n");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Each file with its lines as they will be. */
function changesOf({ files }: SafeCommand, { files: { read, uriOf } }: Judged): string[] {
  return [...files].map(([path, text]) => {
    const before = new Set(read(path)?.split("\n"));
    const lines = text.split("\n").filter((line) => !before.has(line));
    return [vscode.workspace.asRelativePath(uriOf(path)), ...lines].join("\n");
  });
}

async function write({ files }: SafeCommand, { files: { uriOf } }: Judged): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const documents = await Promise.all([...files.keys()].map((path) => vscode.workspace.openTextDocument(uriOf(path))));
  for (const [index, text] of [...files.values()].entries()) {
    const document = documents[index];
    if (document) edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  }
  await vscode.workspace.applyEdit(edit);
  await Promise.all(documents.map((document) => document.save()));
}

/** A container keeps its name when it has stopped, unless it goes with its end; then nothing of it is lost. */
async function freeName({ started, judged }: Running): Promise<void> {
  const { container } = judged.launch.runs;
  const name = literal(container?.name);
  if (!container || container.isRemoved || name === undefined || !insertable(name)) return;
  const line = fromHere(`${container.program} rename ${name} ${name}-before`, judged, started.typed.shell);
  if (line !== undefined) await started.run(line);
}
