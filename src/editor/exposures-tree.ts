import type * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import { type Severity, severities } from "../core/severity.ts";
import type { Checked } from "./linter.ts";
import type { Project } from "./project.ts";

/** The findings of one severity, file by file. */
export type SeverityNode = { readonly severity: Severity; readonly files: readonly FileNode[] };
export type FileNode = {
  readonly parent: Severity;
  readonly uri: vscode.Uri;
  readonly findings: readonly FindingNode[];
};
export type FindingNode = { readonly finding: Finding; readonly project: Project };
export type ExposureNode = SeverityNode | FileNode | FindingNode;

/** What is shown of every file, the worst first, then by file, then by place. */
export function exposuresTree(checked: readonly Checked[]): SeverityNode[] {
  const files = checked.toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  return severities
    .map((severity) => ({ severity, files: files.flatMap((file) => fileNode(file, severity)) }))
    .filter((node) => node.files.length > 0);
}

export function childrenOf(node: ExposureNode): readonly ExposureNode[] {
  if ("files" in node) return node.files;
  return "findings" in node ? node.findings : [];
}

export function countOf({ files }: SeverityNode): number {
  return files.reduce((sum, { findings }) => sum + findings.length, 0);
}

function pathOf({ project, path }: Checked): string {
  return project.files.uriOf(path).toString();
}

function fileNode({ project, path, findings }: Checked, parent: Severity): FileNode[] {
  const own = findings.filter(({ severity }) => severity === parent).map((finding) => ({ finding, project }));
  return own.length === 0 ? [] : [{ parent, uri: project.files.uriOf(path), findings: own }];
}
