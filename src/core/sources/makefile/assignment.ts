import { type Mapped, mappedPieces } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { insertable, isKnown, type Piece, type Slot, solid } from "../../word.ts";
import type { SourceFile } from "../source.ts";
import { expand, type Scope, textOf } from "./expand.ts";
import type { LogicalLine } from "./lines.ts";
import { findOutside } from "./reference.ts";
import type { Variables } from "./variables.ts";

/** `NAME = value`. Offsets are into the line. */
export type Assignment = {
  readonly name: Mapped;
  readonly operator: string;
  readonly value: Mapped;
  /** `export`, `override`, `private`, as they stand before it. */
  readonly modifiers: string;
};

/**
 * The assignment that a line is, behind `export`, `override` and `private`; nothing for a rule, whose colon comes first.
 * Source: GNU make manual 6.5 (Setting Variables), 6.2.
 */
export function assignmentIn(line: Mapped, from = 0): Assignment | undefined {
  const modifiers = /[ \t]*(?:(?:export|override|private)[ \t]+)*/y;
  modifiers.lastIndex = from;
  modifiers.test(line.text);
  const start = modifiers.lastIndex;
  const operator = findOutside(line.text, /:{1,3}=|[?+!]?=|:|[ \t]+(?![ \t]*(:{0,3}=|[?+!]=))(?=\S)/y, start);
  if (!operator?.[0].endsWith("=")) return undefined;
  const name = trimmed(line, start, operator.index);
  if (name.text === "") return undefined;
  const behind = operator.index + operator[0].length;
  const space = /[ \t]*/y;
  space.lastIndex = behind;
  space.test(line.text);
  return {
    name,
    operator: operator[0],
    value: mappedPieces(line.pieces(space.lastIndex, line.text.length)),
    modifiers: line.text.slice(from, start),
  };
}

/** A part of a line without the blanks around it. */
export function trimmed(line: Mapped, from: number, to: number): Mapped {
  const text = line.text.slice(from, to);
  const start = from + (text.length - text.trimStart().length);
  return mappedPieces(line.pieces(start, Math.max(start, from + text.trimEnd().length)));
}

/** Does an assignment. `range` are the lines that it stands on, which go when it is taken out. */
export function assign(
  { name, operator, value, modifiers }: Assignment,
  variables: Variables,
  scope: Scope,
  file: SourceFile,
  range: LogicalLine,
): void {
  const given = textOf(expand(name, scope));
  if (given === undefined) return;
  const at: Place = { path: file.path, start: range.start, end: range.end };
  const pieces = value.pieces(0, value.text.length);
  const edit = valueSlot(file, range, pieces);
  const within = { ...scope, variables };
  const override = /\boverride\b/.test(modifiers);
  if (/\bexport\b/.test(modifiers)) variables.setExported([given], true);
  if (operator === "+=") {
    const expanded = (added: readonly Piece[]) => expand(mappedPieces(added), within);
    variables.append(given, { pieces, recursive: true, at, edit }, expanded, override);
  } else if (operator === "?=") {
    if (!variables.get(given)) variables.set(given, { pieces, recursive: true, at, edit });
  } else if (operator === "!=") {
    variables.set(given, { pieces: [{ unknown: value.text, at }], recursive: false, at, edit }, override);
  } else {
    const recursive = operator === "=";
    variables.set(given, { pieces: recursive ? pieces : expand(value, within), recursive, at, edit }, override);
  }
}

/** A value is replaced where it stands; it goes with its lines. */
function valueSlot({ path, text }: SourceFile, { start, end }: LogicalLine, pieces: readonly Piece[]): Slot {
  const place = pieces.every(isKnown) ? solid(pieces) : undefined;
  const lineEnd = text.indexOf("\n", end);
  return {
    replace: (by) => (place && insertable(by) ? [{ ...place, text: by }] : undefined),
    remove: () => [{ path, start, end: lineEnd < 0 ? text.length : lineEnd + 1, text: "" }],
    after: () => undefined,
  };
}
