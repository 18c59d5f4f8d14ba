import { type Mapped, mappedPieces } from "../../mapped.ts";
import type { Piece } from "../../word.ts";
import type { SourceFile } from "../source.ts";
import { behindReference } from "./reference.ts";

/** A line with the lines that a backslash at its end joins to it, without the line end. */
export type LogicalLine = { readonly start: number; readonly end: number };

/** The lines of a makefile. Source: GNU make manual 3.1.1 (Splitting Long Lines). */
export function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  let from = start;
  for (const { index } of text.slice(start).matchAll(/\n|$/g)) {
    const newline = start + index;
    const end = text[newline - 1] === "\r" ? newline - 1 : newline;
    if (newline < text.length && end > from && isEscaped(text, end, from)) continue;
    if (newline < from) continue;
    lines.push({ start: from, end: Math.max(end, from) });
    from = newline + 1;
  }
  return lines;
}

/** Whether an odd number of backslashes stands before an offset: an even number means backslashes. */
export function isEscaped(text: string, offset: number, from: number): boolean {
  let at = offset;
  while (at > from && text[at - 1] === "\\") at--;
  return (offset - at) % 2 === 1;
}

/**
 * A line that is no recipe, as make reads it: without its comment, and with one space for each joint between its lines
 * and the blanks around. Source: GNU make manual 3.1.1 and 3.7 (How `make` Parses a Makefile).
 */
export function plainLine(file: SourceFile, { start, end }: LogicalLine): Mapped {
  const text = withoutComment(file.text.slice(start, end));
  const pieces = cut(file, start, text, /[ \t]*\\\r?\n[ \t]*|\\#/g, (source) => (source === "\\#" ? "#" : " "));
  return mappedPieces(pieces);
}

/** A line of `define`, in which a number sign is no comment. Source: GNU make manual 6.8. */
export function definedLine(file: SourceFile, { start, end }: LogicalLine): Piece[] {
  return cut(file, start, file.text.slice(start, end), /[ \t]*\\\r?\n[ \t]*/g, () => " ");
}

/**
 * The text of a recipe's line as it goes to the shell, before variables are put in: its joints stay, but for the recipe
 * prefix behind each. So that no gap is left, the line feed stands for both. Source: GNU make manual 5.1.1.
 */
export function recipeLine(file: SourceFile, { start, end }: LogicalLine, prefix: string): Mapped {
  const joint = prefix === "\t" ? /\r?\n\t?/g : new RegExp(`\\r?\\n\\u{${prefix.codePointAt(0)?.toString(16)}}?`, "gu");
  return mappedPieces(cut(file, start, file.text.slice(start, end), joint, () => "\n"));
}

/** The pieces of a text; what matches `special` means something else. */
function cut(
  { path }: SourceFile,
  offset: number,
  text: string,
  special: RegExp,
  meaning: (source: string) => string,
): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const push = (meant: string, to: number) => {
    if (from < to) pieces.push({ text: meant, at: { path, start: offset + from, end: offset + to } });
    from = to;
  };
  for (const { 0: source, index } of text.matchAll(special)) {
    push(text.slice(from, index), index);
    push(meaning(source), index + source.length);
  }
  push(text.slice(from), text.length);
  return pieces;
}

/** A line before its comment. A number sign in a reference begins none, one behind a backslash neither. */
function withoutComment(line: string): string {
  const special = /[#$]/g;
  for (let found = special.exec(line); found; found = special.exec(line)) {
    const { index } = found;
    if (found[0] === "$") special.lastIndex = behindReference(line, index);
    else if (!isEscaped(line, index, 0)) return line.slice(0, index);
  }
  return line;
}
