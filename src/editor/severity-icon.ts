import * as vscode from "vscode";
import type { Severity } from "../core/severity.ts";

const icons: Readonly<Record<Severity, vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground")),
  warning: new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground")),
  info: new vscode.ThemeIcon("info", new vscode.ThemeColor("problemsInfoIcon.foreground")),
};

/** The icon that the list of problems has for it. */
export function severityIcon(severity: Severity): vscode.ThemeIcon {
  return icons[severity];
}
