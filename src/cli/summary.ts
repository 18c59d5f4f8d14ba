import type { Finding } from "../core/finding.ts";
import type { Severity } from "../core/severity.ts";

/** What `--fix` has done, or would do. */
export type Fixed = { readonly problems: number; readonly files: number };

export type Tally = {
  readonly findings: readonly Finding[];
  /** How many files were looked at. */
  readonly files: number;
  /** How many of the findings `--fix` would clear. */
  readonly fixable: number;
  /** Where `--fix` was asked for. */
  readonly fixed?: Fixed;
};

/** The last line of the report: `3 problems (1 error, 2 warnings) in 2 files; 1 can be fixed with --fix`. */
export function summary({ findings, files, fixable, fixed }: Tally): string {
  const clauses = [whatIsThere(findings, files)];
  if (fixed) clauses.push(`${fixed.problems} fixed in ${count(fixed.files, "file")}`);
  if (fixable > 0) clauses.push(`${fixable} can be fixed with --fix`);
  return clauses.join("; ");
}

/** What `--diff` says beside the diff. */
export function diffSummary(problems: number, fixed: Fixed): string {
  return `--fix would clear ${fixed.problems} of ${count(problems, "problem")} and change ${count(fixed.files, "file")}`;
}

function whatIsThere(findings: readonly Finding[], files: number): string {
  if (findings.length === 0) return files === 0 ? "No files to look at" : `No problems in ${count(files, "file")}`;
  const bySeverity = severities.flatMap(({ severity, name, plural }) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number > 0 ? [count(number, name, plural)] : [];
  });
  const places = new Set(findings.map(({ at }) => at.path)).size;
  return `${count(findings.length, "problem")} (${bySeverity.join(", ")}) in ${count(places, "file")}`;
}

const severities: readonly { severity: Severity; name: string; plural?: string }[] = [
  { severity: "error", name: "error" },
  { severity: "warning", name: "warning" },
  { severity: "info", name: "information", plural: "information" },
];

function count(number: number, name: string, plural = `${name}s`): string {
  return `${number} ${number === 1 ? name : plural}`;
}
