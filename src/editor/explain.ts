import * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import { hasPage } from "./diagnostics.ts";
import type { Engine } from "./engine.ts";
import type { Linter } from "./linter.ts";
import { rulePage } from "./rule-page.ts";

/** Opens the page of a rule: the one asked for, else of what the cursor is on, else of what is picked from a list. */
export async function explain(asked: unknown, linter: Linter, engine: Engine, extension: vscode.Uri): Promise<void> {
  const wanted = engine.rules.find(({ id }) => id === asked)?.id ?? underCursor(linter) ?? (await pick(engine));
  if (wanted === undefined) return;
  const page = rulePage(wanted, extension);
  try {
    await vscode.workspace.fs.stat(page);
    await vscode.commands.executeCommand("markdown.showPreview", page);
  } catch {
    // An editor without Markdown, or a build without the pages.
    await vscode.env.openExternal(rulePage(wanted));
  }
}

function underCursor(linter: Linter): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const checked = editor && linter.check(editor.document);
  if (!checked) return undefined;
  const isHere = ({ at }: Finding) => checked.project.range(at).contains(editor.selection.active);
  return checked.findings.find((finding) => hasPage(finding.rule) && isHere(finding))?.rule;
}

async function pick({ rules }: Engine): Promise<string | undefined> {
  const items = rules.map(({ id, title }) => ({ label: id, description: title }));
  const placeHolder = vscode.l10n.t("Which rule?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.label;
}
