import type { Finding, Fix, Related } from "../core/finding.ts";
import { render } from "../core/message.ts";
import { printable } from "./cells.ts";
import { excerpt } from "./excerpt.ts";
import type { Paint } from "./paint.ts";
import { hideSecrets } from "./secrets.ts";
import type { View } from "./view.ts";

export type TextOptions = {
  readonly paint: Paint;
  /** How many columns a line of the report may take. */
  readonly columns: number;
  /** The fix that `--fix` would apply. */
  safeFix(finding: Finding): Fix | undefined;
};

type TextOf = View["text"];

/** The findings for people, each with its line and the place in it marked. */
export function textReport(findings: readonly Finding[], view: View, options: TextOptions): string {
  const textOf = hideSecrets(findings, view);
  return findings.map((finding) => `${paragraph(finding, view, textOf, options).join("\n")}\n\n`).join("");
}

function paragraph(finding: Finding, view: View, textOf: TextOf, options: TextOptions): string[] {
  const { severity, rule, message } = finding;
  const { paint } = options;
  const where = paint("path", place(finding, view));
  const margin = " ".repeat(String(view.position(finding.at.path, finding.at.start).line).length);
  return [
    `${where} ${paint(severity, severity)} ${paint("quiet", rule)} ${printable(render(message))}`,
    ...quotation(finding, view, textOf, options),
    ...related(finding, view).map((line) => `${margin} ${paint("quiet", line)}`),
    ...fixLine(finding, options).map((line) => `${margin} ${line}`),
  ];
}

function place({ at }: Pick<Finding, "at">, view: View): string {
  const { line, column } = view.position(at.path, at.start);
  return `${printable(view.shown(at.path))}:${line}:${column}`;
}

/** The finding's line with its place marked; the first line of a place that has several. */
function quotation({ at, severity }: Finding, view: View, textOf: TextOf, { paint, columns }: TextOptions): string[] {
  const { line: number, column } = view.position(at.path, at.start);
  const lineStart = at.start - column + 1;
  const line = /^[^\r\n]*/.exec(textOf(at.path).slice(lineStart))?.[0] ?? "";
  const end = Math.min(at.end - lineStart, line.length);
  const gutter = `${number} | `;
  const drawn = excerpt(line, column - 1, end, columns - gutter.length);
  const blank = `${" ".repeat(String(number).length)} | `;
  return [paint("quiet", gutter) + drawn.line, paint("quiet", blank) + paint(severity, drawn.mark)];
}

/** Places that decided on the finding, a line each; other findings of the launch together, as they have their own. */
function related(finding: Finding, view: View): string[] {
  const places = finding.related.filter(({ rule }) => rule === undefined);
  const others = finding.related.filter(({ rule }) => rule !== undefined);
  const lines = places.map((other) => `see ${place(other, view)} ${printable(render(other.message))}`);
  if (others.length === 0) return lines;
  return [...lines, `same launch: ${others.map((other) => otherFinding(finding, other, view)).join(", ")}`];
}

/** Another finding by its rule and line, with its file where that is another one. */
function otherFinding(finding: Finding, other: Related, view: View): string {
  const { line } = view.position(other.at.path, other.at.start);
  const file = other.at.path === finding.at.path ? "line " : `${printable(view.shown(other.at.path))}:`;
  return `${other.rule} (${file}${line})`;
}

function fixLine(finding: Finding, { paint, safeFix }: TextOptions): string[] {
  const safe = safeFix(finding);
  const fix = safe ?? finding.fixes[0];
  return fix ? [`${paint("fix", "fix:")} ${printable(render(fix.title))} (${safe ? "--fix" : "by hand"})`] : [];
}
