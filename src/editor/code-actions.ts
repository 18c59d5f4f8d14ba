import * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import { safeFix } from "../core/fixes.ts";
import type { CommandId } from "./commands.ts";
import { hasPage, source } from "./diagnostics.ts";
import type { Engine } from "./engine.ts";
import { safeEdits } from "./fix-all.ts";
import type { Checked, Linter } from "./linter.ts";
import { localized } from "./localized.ts";
import { tunnelAction } from "./tunnel-action.ts";
import { typingEdit, workspaceEdit } from "./workspace-edit.ts";

/** What users put into `editor.codeActionsOnSave`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("launchGuard");
const ignoreKind = vscode.CodeActionKind.QuickFix.append("launchGuard.ignore");

/** Fixes, ignore comments and explanations for what is underlined, and the action that fixes a whole file. */
export function codeActions(linter: Linter, engine: Engine): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const checked = linter.check(document);
      if (!checked) return [];
      if (context.only && fixAllKind.intersects(context.only)) return fixAllActions(checked, engine);
      const here = checked.findings.filter(({ at }) => checked.project.range(at).intersection(range));
      const actions = here.flatMap((finding) => actionsFor(finding, checked, engine, context));
      return [...actions, ...(here.some(isSafelyFixed) ? fixFileAction(checked) : [])];
    },
  };
  return vscode.languages.registerCodeActionsProvider("*", provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  });
}

function actionsFor(
  finding: Finding,
  { project }: Checked,
  engine: Engine,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const range = project.range(finding.at);
  const settles = diagnostics.filter(
    (diagnostic) =>
      diagnostic.source === source && codeOf(diagnostic) === finding.rule && diagnostic.range.intersection(range),
  );
  const fixes = finding.fixes.map(({ title, edits, safe }, index) => {
    const action = new vscode.CodeAction(localized(title), vscode.CodeActionKind.QuickFix);
    action.edit = workspaceEdit(edits, project);
    action.isPreferred = index === 0 && safe;
    return action;
  });
  const tunnel = tunnelAction(finding, project);
  const others = hasPage(finding.rule) ? [...ignoreAction(finding, project, engine), explainAction(finding)] : [];
  const actions = [...fixes, ...tunnel, ...others];
  for (const action of actions) action.diagnostics = settles;
  return actions;
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

function ignoreAction(finding: Finding, project: Checked["project"], engine: Engine): vscode.CodeAction[] {
  const written = engine.ignoreEdit(finding, project.workspace());
  if (!written) return [];
  const action = new vscode.CodeAction(vscode.l10n.t("Ignore {rule} here…", { rule: finding.rule }), ignoreKind);
  action.edit = typingEdit(written.edit, written.cursor, project);
  return [action];
}

function explainAction({ rule }: Finding): vscode.CodeAction {
  const title = vscode.l10n.t("Why is this unsafe? ({rule})", { rule });
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: "launchGuard.explain" satisfies CommandId, arguments: [rule] };
  return action;
}

function isSafelyFixed(finding: Finding): boolean {
  return safeFix(finding, (path) => path === finding.at.path) !== undefined;
}

/** Offered beside a fix where the file has more of them. */
function fixFileAction({ findings }: Checked): vscode.CodeAction[] {
  if (findings.filter(isSafelyFixed).length < 2) return [];
  const title = fixAllTitle();
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: "launchGuard.fixAll" satisfies CommandId };
  return [action];
}

function fixAllActions({ project, path }: Checked, engine: Engine): vscode.CodeAction[] {
  const edits = safeEdits(path, project, engine);
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction(fixAllTitle(), fixAllKind);
  action.edit = workspaceEdit(edits, project);
  return [action];
}

function fixAllTitle(): string {
  return vscode.l10n.t("Fix all safe problems in this file");
}
