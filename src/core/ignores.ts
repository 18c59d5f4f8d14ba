import type { Finding, HousekeepingId } from "./finding.ts";
import { message } from "./message.ts";
import { ruleIds } from "./rule-ids.ts";
import type { Opened } from "./sources/source.ts";
import { contains, type Edit, type Place, positions } from "./text.ts";

/** What a project thinks of ignore comments: they count; only with a reason; never. */
export type IgnorePolicy = "allow" | "reason" | "forbid";

/** An ignore comment and what it covers. */
type Ignore = {
  readonly at: Place;
  /** Which rules; every one where the comment lists none. */
  readonly rules: readonly string[] | undefined;
  readonly reason: string;
  readonly covers: (at: Place) => boolean;
};

/** The findings that no comment covers, and what there is to say about the comments themselves. */
export function applyIgnores(
  findings: readonly Finding[],
  path: string,
  text: string,
  file: Opened,
  policy: IgnorePolicy,
): Finding[] {
  if (!text.includes("launch-guard:")) return [...findings];
  const ignores = readIgnores(path, text, file);
  const valid = ignores.filter((ignore) => policy === "allow" || (policy === "reason" && ignore.reason !== ""));
  const covering = (finding: Finding) =>
    valid.filter((ignore) => names(ignore, finding.rule) && ignore.covers(finding.at));
  const used = new Set(findings.flatMap(covering));
  return [
    ...findings.filter((finding) => covering(finding).length === 0),
    ...ignores.flatMap((ignore) => remarks(ignore, policy, valid.includes(ignore), used.has(ignore))),
  ];
}

function names({ rules }: Ignore, rule: string): boolean {
  return rules === undefined || rules.includes(rule);
}

/** An unknown rule, a comment that covers nothing, or one that the project does not allow. */
function remarks(ignore: Ignore, policy: IgnorePolicy, valid: boolean, used: boolean): Finding[] {
  const known = new Set<string>(ruleIds);
  const unknown = (ignore.rules ?? []).filter((rule) => !known.has(rule));
  const about = unknown.map((rule) =>
    housekeeping(
      "unknown-rule",
      ignore.at,
      message("There is no rule called {rule}, so this comment ignores nothing by it.", { rule }),
    ),
  );
  if (!valid) {
    const says =
      policy === "reason"
        ? "This comment has no effect: the project wants a reason behind it."
        : "This comment has no effect: the project does not allow findings to be ignored.";
    return [...about, housekeeping("forbidden-ignore", ignore.at, message(says))];
  }
  if (used || unknown.length > 0) return about;
  return [
    housekeeping(
      "unused-ignore",
      ignore.at,
      message("Nothing is found here that this comment would ignore; delete it."),
    ),
  ];
}

/** Something to say about a file rather than about a launch. */
export function housekeeping(rule: HousekeepingId, at: Place, says: Finding["message"]): Finding {
  return {
    rule,
    tool: "",
    at,
    message: says,
    severity: rule === "forbidden-ignore" ? "warning" : "info",
    confidence: "high",
    related: [],
    fixes: [],
    why: [],
    cves: [],
    ...(rule === "unused-ignore" && { unnecessary: true }),
  };
}

const syntax = /launch-guard:\s*ignore(-file)?(?:\[([^\]]*)\])?\s*(.*)$/;

function readIgnores(path: string, text: string, file: Opened): Ignore[] {
  const lineOf = lineNumbers(text);
  const comments = file.comments().filter((at) => at.path === path);
  const commentLines = new Set(comments.filter((at) => standsAlone(text, at)).map((at) => lineOf(at.start)));
  return comments.flatMap((at): Ignore[] => {
    const found = syntax.exec(text.slice(at.start, at.end).trimEnd());
    if (!found) return [];
    const [, wholeFile, list, reason = ""] = found;
    const rules =
      list === undefined
        ? undefined
        : list
            .split(",")
            .map((rule) => rule.trim())
            .filter((rule) => rule !== "");
    const covers = coverage(at, wholeFile !== undefined, { text, file, lineOf, commentLines });
    return [{ at, rules, reason: reason.trim(), covers }];
  });
}

type FileLines = {
  readonly text: string;
  readonly file: Opened;
  readonly lineOf: (offset: number) => number;
  /** Lines that hold nothing but a comment. */
  readonly commentLines: ReadonlySet<number>;
};

/** The whole file; the line it ends; or the whole statement, instruction or key below it. */
function coverage(at: Place, wholeFile: boolean, { text, file, lineOf, commentLines }: FileLines): Ignore["covers"] {
  if (wholeFile) return () => true;
  let line = lineOf(at.start);
  if (!standsAlone(text, at)) return (place) => lineOf(place.start) === line;
  do line++;
  while (commentLines.has(line));
  const below = file.blocks().filter((block) => lineOf(block.start) === line);
  return (place) => below.some((block) => contains(block, place));
}

function standsAlone(text: string, at: Place): boolean {
  return /^\s*$/.test(text.slice(text.lastIndexOf("\n", at.start - 1) + 1, at.start));
}

function lineNumbers(text: string): (offset: number) => number {
  const position = positions(text);
  return (offset) => position(offset).line;
}

/**
 * The edit that writes an ignore comment above the smallest statement, instruction or key that holds `at` and starts
 * its line, and the offset in the new text where the reason is typed.
 */
export function writeIgnore(
  rule: string,
  at: Place,
  text: string,
  file: Opened,
): { edit: Edit; cursor: number } | undefined {
  const [block] = file
    .blocks()
    .filter((candidate) => contains(candidate, at) && standsAlone(text, candidate))
    .toSorted((a, b) => a.end - a.start - (b.end - b.start));
  if (!block) return undefined;
  const start = text.lastIndexOf("\n", block.start - 1) + 1;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const bom = start === 0 && text.startsWith("\uFEFF") ? 1 : 0;
  const comment = `${text.slice(start + bom, block.start)}# launch-guard: ignore[${rule}] `;
  const edit = { path: at.path, start: start + bom, end: start + bom, text: comment + newline };
  return { edit, cursor: edit.start + comment.length };
}
