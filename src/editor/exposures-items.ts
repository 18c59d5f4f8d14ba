import * as vscode from "vscode";
import type { Severity } from "../core/severity.ts";
import { countOf, type ExposureNode, type FileNode, type FindingNode, type SeverityNode } from "./exposures-tree.ts";
import { localized } from "./localized.ts";
import { severityIcon } from "./severity-icon.ts";

/** A row of the *Exposures* view. */
export function itemOf(node: ExposureNode): vscode.TreeItem {
  if ("files" in node) return severityItem(node);
  return "findings" in node ? fileItem(node) : findingItem(node);
}

function severityItem(node: SeverityNode): vscode.TreeItem {
  const item = new vscode.TreeItem(severityName(node.severity), vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.severity;
  item.description = String(countOf(node));
  item.iconPath = severityIcon(node.severity);
  return item;
}

function severityName(severity: Severity): string {
  const names: Readonly<Record<Severity, string>> = {
    error: vscode.l10n.t("Errors"),
    warning: vscode.l10n.t("Warnings"),
    info: vscode.l10n.t("Information"),
  };
  return names[severity];
}

function fileItem({ parent, uri }: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${parent} ${uri}`;
  item.description = true;
  item.iconPath = vscode.ThemeIcon.File;
  return item;
}

function findingItem({ finding, project }: FindingNode): vscode.TreeItem {
  const range = project.range(finding.at);
  const label = localized(finding.message);
  const item = new vscode.TreeItem(label);
  item.description = vscode.l10n.t("{rule}, line {line}", { rule: finding.rule, line: range.start.line + 1 });
  item.tooltip = label;
  const shown = { selection: range } satisfies vscode.TextDocumentShowOptions;
  const title = vscode.l10n.t("Go There");
  item.command = { command: "vscode.open", title, arguments: [project.files.uriOf(finding.at.path), shown] };
  return item;
}
