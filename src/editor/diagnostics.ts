import * as vscode from "vscode";
import { configName } from "../core/config.ts";
import type { ConfigProblem } from "../core/config-file.ts";
import type { Finding } from "../core/finding.ts";
import { ruleIds } from "../core/rule-ids.ts";
import { localized } from "./localized.ts";
import type { Project } from "./project.ts";
import { rulePage } from "./rule-page.ts";

export const source = "Launch Guard";

const severities: Readonly<Record<Finding["severity"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** A finding as the editor shows it. */
export function diagnosticOf(finding: Finding, project: Project): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    project.range(finding.at),
    localized(finding.message),
    severities[finding.severity],
  );
  diagnostic.source = source;
  diagnostic.code = hasPage(finding.rule) ? { value: finding.rule, target: rulePage(finding.rule) } : finding.rule;
  diagnostic.relatedInformation = finding.related.map(
    ({ at, message }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(project.files.uriOf(at.path), project.range(at)),
        localized(message),
      ),
  );
  if (finding.unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Something wrong in `.launch-guard.yaml`, as shown in that file. */
export function configDiagnosticOf(problem: ConfigProblem, project: Project): vscode.Diagnostic {
  const range = project.range({ path: configName, start: problem.start, end: problem.end });
  const diagnostic = new vscode.Diagnostic(range, localized(problem), vscode.DiagnosticSeverity.Error);
  diagnostic.source = source;
  return diagnostic;
}

/** The fourteen rules have pages; remarks about comments and sizes have none. */
export function hasPage(rule: Finding["rule"]): boolean {
  return ruleIds.some((id) => id === rule);
}
