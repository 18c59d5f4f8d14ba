import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { isKnown, type Piece } from "../../word.ts";

/** Where literal text stands: a backslash means something else in each. */
export type Quoting = "bare" | "double" | "heredoc";

/**
 * The backslashes that mean something; a continuation disappears, anything else stands for itself. In a heredoc it would
 * disappear too, but most that are read here are scripts, which lose it themselves and can be edited so.
 */
const escapes: Record<Quoting, RegExp> = {
  bare: /\\(.)/gsu,
  double: /\\([$`"\\\n])/g,
  heredoc: /\\([$`\\])/g,
};

/**
 * The pieces of literal text: as it is written, but for its escapes. So that a continuation leaves no gap, the character
 * behind it stands for both.
 */
export function literalPieces(script: Mapped, start: number, end: number, quoting: Quoting): Piece[] {
  const text = script.text.slice(start, end);
  if (!text.includes("\\")) return writtenPieces(script, start, end);
  const pieces: Piece[] = [];
  let from = start;
  for (const { 0: spelling, 1: character, index } of text.matchAll(escapes[quoting])) {
    const at = start + index;
    pieces.push(...writtenPieces(script, from, at));
    from = at + spelling.length;
    let meant = at + 1;
    if (character === "\n") {
      meant = from;
      const next = text[from - start];
      if (next === undefined || next === "\\") continue;
      from++;
    }
    pieces.push(...writtenPieces(script, meant, from).map(widened(script.place(at, from))));
  }
  pieces.push(...writtenPieces(script, from, end));
  return pieces;
}

/** The pieces of text that stands for itself. */
export function writtenPieces(script: Mapped, start: number, end: number): Piece[] {
  return start < end ? script.pieces(start, end) : [];
}

/** A character that stands for what is before it as well. */
function widened(at: Place | undefined): (piece: Piece) => Piece {
  return (piece) => (at && isKnown(piece) ? { ...piece, at } : piece);
}
