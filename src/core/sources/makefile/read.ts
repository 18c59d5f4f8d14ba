import { type Mapped, mappedPieces } from "../../mapped.ts";
import type { Piece } from "../../word.ts";
import type { SourceFile } from "../source.ts";
import { assign, assignmentIn, trimmed } from "./assignment.ts";
import { type Conditionals, makeConditionals } from "./conditional.ts";
import { expand, type Scope, textOf } from "./expand.ts";
import { definedLine, type LogicalLine, logicalLines, plainLine, recipeLine } from "./lines.ts";
import { findOutside } from "./reference.ts";
import { namesIn, type OpenRule, type Rules } from "./rules.ts";

/** A makefile while it is read line by line, as make does before it runs anything. */
type Reading = {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly rules: Rules;
  readonly conditionals: Conditionals;
  prefix: string;
  /** The rule that the next recipe line belongs to. */
  rule: OpenRule | undefined;
  define:
    | { readonly name: string; readonly operator: string; readonly lines: LogicalLine[]; depth: number }
    | undefined;
};

/**
 * Reads a makefile: its variables into `scope`, its rules into `rules`. Files that it includes are not followed.
 * Source: GNU make manual 3.7 (How `make` Parses a Makefile).
 */
export function readMakefile(file: SourceFile, scope: Scope, rules: Rules): void {
  const reading: Reading = {
    file,
    scope,
    rules,
    conditionals: makeConditionals(),
    prefix: "\t",
    rule: undefined,
    define: undefined,
  };
  for (const line of logicalLines(file.text)) readLine(line, reading);
}

function readLine(line: LogicalLine, reading: Reading): void {
  const { file, prefix, rule, conditionals } = reading;
  if (reading.define) {
    readDefinition(line, reading);
    return;
  }
  if (rule && file.text.startsWith(prefix, line.start)) {
    const from = line.start + prefix.length;
    if (conditionals.active()) rule.recipe.push(recipeLine(file, { start: from, end: line.end }, prefix));
    return;
  }
  const whole = plainLine(file, line);
  const plain = trimmed(whole, 0, whole.text.length);
  if (plain.text === "" || conditionals.read(plain, reading.scope) || !conditionals.active()) return;
  if (!readDirective(plain, reading) && !readAssignment(untrimmed(whole), line, reading))
    readRule(plain, line, reading);
}

/** What an assignment ends with belongs to its value. */
function untrimmed(line: Mapped): Mapped {
  return mappedPieces(line.pieces(line.text.length - line.text.trimStart().length, line.text.length));
}

function readAssignment(plain: Mapped, line: LogicalLine, reading: Reading): boolean {
  const { file, scope } = reading;
  const assignment = assignmentIn(plain);
  if (!assignment) return false;
  reading.rule = undefined;
  assign(assignment, scope.variables, scope, file, line);
  if (assignment.name.text === ".RECIPEPREFIX") reading.prefix = assignment.value.text.slice(0, 1) || "\t";
  return true;
}

/** `define`, `export`, `unexport`, `undefine`, `include`, `vpath`. */
function readDirective(plain: Mapped, reading: Reading): boolean {
  const { scope } = reading;
  const { variables } = scope;
  const [, word, rest = ""] = /^(\S+)(?:[ \t]+(.*))?$/s.exec(plain.text) ?? [];
  const [, define] = /^(?:(?:override|export|private)[ \t]+)*(define)[ \t]+\S/.exec(plain.text) ?? [];
  const isOther = (word === undefined || !directives.has(word)) && !define;
  if (isOther || /^(:{0,3}|[?+!])=/.test(rest)) return false;
  if (define) {
    const start = plain.text.indexOf("define") + "define".length;
    const [, name = "", operator = ""] = /^\s*(\S+)\s*(:{0,3}=|[?+!]=)?/.exec(plain.text.slice(start)) ?? [];
    reading.define = { name, operator: operator || "=", lines: [], depth: 1 };
  } else if (word === "export" || word === "unexport") {
    if (assignmentIn(plain)) return false;
    const names = namesIn(expand(trimmed(plain, word.length, plain.text.length), scope)).map(({ name }) => name);
    variables.setExported(names, word === "export");
  } else if (word === "undefine") variables.unset(rest);
  reading.rule = word?.endsWith("export") ? reading.rule : undefined;
  return true;
}

const directives: ReadonlySet<string> = new Set(
  "export unexport undefine include -include sinclude vpath load -load".split(" "),
);

/** A line between `define` and its `endef`. Source: GNU make manual 6.8 (Defining Multi-Line Variables). */
function readDefinition(line: LogicalLine, reading: Reading): void {
  const { define, file, scope, conditionals } = reading;
  if (!define) return;
  const text = file.text.slice(line.start, line.end).trim();
  if (/^define\b/.test(text)) define.depth++;
  else if (/^endef\b/.test(text)) define.depth--;
  if (define.depth > 0) {
    define.lines.push(line);
    return;
  }
  reading.define = undefined;
  if (!conditionals.active()) return;
  const [first] = define.lines;
  const range = { start: first?.start ?? line.start, end: define.lines.at(-1)?.end ?? line.start };
  const value = definedText(define.lines, reading);
  const named = mappedPieces([{ text: define.name }]);
  assign({ name: named, operator: define.operator, value, modifiers: "" }, scope.variables, scope, file, range);
}

function definedText(lines: readonly LogicalLine[], { file }: Reading): Mapped {
  const pieces = lines.flatMap((line, index): Piece[] => {
    const written = definedLine(file, line);
    const before = lines[index - 1];
    return before ? [{ text: "\n", at: { path: file.path, start: before.end, end: line.start } }, ...written] : written;
  });
  return mappedPieces(pieces);
}

/** `targets: prerequisites ; recipe`, and `target: NAME = value`. Source: GNU make manual 4.2, 4.12, 6.11. */
function readRule(plain: Mapped, line: LogicalLine, reading: Reading): void {
  const { file, scope, rules } = reading;
  reading.rule = undefined;
  const colon = findOutside(plain.text, /&?::?/y);
  const targets = colon ? namesIn(expand(trimmed(plain, 0, colon.index), scope)) : [];
  if (!colon || targets.length === 0) return;
  const behind = colon.index + colon[0].length;
  const assignment = assignmentIn(plain, behind);
  if (assignment) {
    rules.assign(targets, (variables) => assign(assignment, variables, { ...scope, variables }, file, line));
    return;
  }
  const semicolon = findOutside(plain.text, /;/y, behind);
  const [prerequisites = [], stems] = prerequisitesOf(
    trimmed(plain, behind, semicolon?.index ?? plain.text.length),
    scope,
  );
  reading.rule = rules.add({ targets, prerequisites, stems, doubleColon: colon[0].includes("::") });
  if (semicolon) {
    // The recipe begins at the semicolon of the file's own text: a number sign in it is no comment of make's.
    const start = plain.place(semicolon.index, semicolon.index + 1)?.end ?? line.end;
    reading.rule.recipe.push(recipeLine(file, { start, end: line.end }, reading.prefix));
  }
}

type Names = ReturnType<typeof namesIn>;

/** The prerequisites and, in a static pattern rule (`a.x b.x: %.x: %.y`), the pattern that its targets match. */
function prerequisitesOf(text: Mapped, scope: Scope): [names: Names, pattern?: string] {
  const colon = findOutside(text.text, /:/y);
  if (!colon) return [namesIn(expand(text, scope))];
  const pattern = textOf(expand(trimmed(text, 0, colon.index), scope));
  const names = namesIn(expand(trimmed(text, colon.index + 1, text.text.length), scope));
  return pattern?.includes("%") ? [names, pattern] : [names];
}
