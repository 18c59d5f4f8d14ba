import * as vscode from "vscode";
import type { Checked, Linter } from "./linter.ts";

/** An entry in the language status of the files we read, which speaks up only when something is wrong. */
export function showStatus(linter: Linter): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("launchGuard", []);
  item.name = "Launch Guard";
  item.command = { title: vscode.l10n.t("Show Problems"), command: "workbench.actions.view.problems" };

  function update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const checked = document && linter.check(document);
    if (!checked) {
      item.selector = [];
      return;
    }
    item.selector = { scheme: document.uri.scheme, language: document.languageId };
    item.text = summary(checked);
    item.severity = severityOf(checked);
  }

  update();
  return vscode.Disposable.from(item, linter.onDidShow(update), vscode.window.onDidChangeActiveTextEditor(update));
}

function summary({ project, path, findings }: Checked): string {
  if (project.isLeftOut(path)) return vscode.l10n.t("Launch Guard: this file is ignored");
  if (findings.length === 0) return vscode.l10n.t("Launch Guard: no problems");
  if (findings.length === 1) return vscode.l10n.t("Launch Guard: 1 problem");
  return vscode.l10n.t("Launch Guard: {count} problems", { count: findings.length });
}

function severityOf({ findings }: Checked): vscode.LanguageStatusSeverity {
  if (findings.some(({ severity }) => severity === "error")) return vscode.LanguageStatusSeverity.Error;
  if (findings.some(({ severity }) => severity === "warning")) return vscode.LanguageStatusSeverity.Warning;
  return vscode.LanguageStatusSeverity.Information;
}
