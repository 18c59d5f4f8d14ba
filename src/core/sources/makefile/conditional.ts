import type { Mapped } from "../../mapped.ts";
import { trimmed } from "./assignment.ts";
import { expand, type Scope, textOf } from "./expand.ts";
import { behindReference } from "./reference.ts";

/** What is known of a condition; the arms of one that is not known are both read, the later one wins. */
export type Truth = boolean | "unknown";

/** The conditionals that a line is inside of. */
export type Conditionals = {
  /** Whether the lines here are read. */
  active(): boolean;
  /** Reads a line that is a directive of a conditional; `false` for any other. */
  read(line: Mapped, scope: Scope): boolean;
};

type Level = { readonly outer: boolean; truth: Truth; taken: boolean };

/**
 * `ifeq`, `ifneq`, `ifdef`, `ifndef`, `else`, `endif`. A variable that nothing sets counts as empty here, as make reads
 * it, although the environment may set it. A condition that nobody can tell without running holds and does not hold: both
 * arms are read one after the other. Source: GNU make manual 7.2 (Syntax of Conditionals).
 */
export function makeConditionals(): Conditionals {
  const levels: Level[] = [];
  const isActive = () => levels.at(-1)?.truth !== false;
  const open = (kind: string, rest: Mapped, scope: Scope) => {
    const outer = isActive();
    const truth = outer ? conditionOf(kind, rest, scope) : false;
    levels.push({ outer, truth, taken: truth === true });
  };
  const otherwise = (rest: Mapped, scope: Scope) => {
    const level = levels.at(-1);
    if (!level) return;
    const [, kind] = directive.exec(rest.text) ?? [];
    if (!level.outer || level.taken) level.truth = false;
    else level.truth = kind ? conditionOf(kind, trimmed(rest, kind.length, rest.text.length), scope) : true;
    level.taken ||= level.truth === true;
  };
  return {
    active: isActive,
    read(line, scope) {
      const [, kind] = directive.exec(line.text) ?? [];
      if (kind === undefined) return false;
      const rest = trimmed(line, kind.length, line.text.length);
      if (kind === "endif") levels.pop();
      else if (kind === "else") otherwise(rest, scope);
      else open(kind, rest, scope);
      return true;
    },
  };
}

const directive = /^(ifeq|ifneq|ifdef|ifndef|else|endif)(?=[\s("']|$)/;

function conditionOf(kind: string, rest: Mapped, scope: Scope): Truth {
  if (kind === "ifdef" || kind === "ifndef") {
    const name = emptyWhereUnset(rest, scope);
    if (name === undefined) return "unknown";
    const isDefined = (scope.variables.get(name)?.pieces.length ?? 0) > 0;
    return isDefined === (kind === "ifdef");
  }
  const sides = sidesOf(rest)?.map((side) => emptyWhereUnset(side, scope));
  const [left, right] = sides ?? [];
  if (left === undefined || right === undefined) return "unknown";
  return (left === right) === (kind === "ifeq");
}

/** `(a,b)`, `"a" "b"`, `'a' 'b'`. */
function sidesOf(rest: Mapped): readonly [Mapped, Mapped] | undefined {
  const { text } = rest;
  const end = text.trimEnd().length;
  if (text.startsWith("(") && text[end - 1] === ")") {
    const comma = commaIn(text, end);
    return comma === undefined ? undefined : [trimmed(rest, 1, comma), trimmed(rest, comma + 1, end - 1)];
  }
  const quoted = /^(["'])(.*?)\1[ \t]*(["'])(.*)\3$/s.exec(text.slice(0, end));
  if (!quoted) return undefined;
  const [, , left = "", , right = ""] = quoted;
  return [trimmed(rest, 1, 1 + left.length), trimmed(rest, end - 1 - right.length, end - 1)];
}

function commaIn(text: string, end: number): number | undefined {
  for (let at = 1; at < end; at = text[at] === "$" ? behindReference(text, at) : at + 1) {
    if (text[at] === ",") return at;
  }
  return undefined;
}

function emptyWhereUnset(text: Mapped, scope: Scope): string | undefined {
  const pieces = expand(text, scope).filter((piece) => !("unknown" in piece) || !isUnset(piece.unknown, scope));
  return textOf(pieces)?.trim();
}

function isUnset(reference: string, { variables }: Scope): boolean {
  const [, name] = /^\$[({]([^\s,:=$]+)[)}]$/.exec(reference) ?? [];
  return name !== undefined && variables.get(name) === undefined;
}
