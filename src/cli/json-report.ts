import type { Finding } from "../core/finding.ts";
import { render } from "../core/message.ts";
import type { View } from "./view.ts";

/** The findings for programs. Lines and columns count from 1, `start` and `end` from 0, all in UTF-16 code units. */
export function jsonReport(findings: readonly Finding[], view: View): string {
  return `${JSON.stringify({ version: 1, findings: findings.map((finding) => entry(finding, view)) }, undefined, 2)}\n`;
}

function entry({ at, rule, tool, severity, confidence, message, related, fixes }: Finding, view: View) {
  const end = view.position(at.path, at.end);
  return {
    path: view.shown(at.path),
    ...view.position(at.path, at.start),
    endLine: end.line,
    endColumn: end.column,
    rule,
    tool,
    severity,
    confidence,
    message: render(message),
    related: related.map((other) => ({
      path: view.shown(other.at.path),
      ...view.position(other.at.path, other.at.start),
      message: render(other.message),
    })),
    fixes: fixes.map(({ title, safe, edits }) => ({
      title: render(title),
      safe,
      edits: edits.map(({ path, start, end: to, text }) => ({ path: view.shown(path), start, end: to, text })),
    })),
  };
}
