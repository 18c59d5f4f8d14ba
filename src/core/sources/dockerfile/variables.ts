import { isKnown, type Piece, through } from "../../word.ts";
import { type Dockerfile, placeOf } from "./instructions.ts";
import type { Range } from "./mask.ts";
import { type Part, readParts, type Substitution } from "./parts.ts";

/** The value of a variable while the image is built; `undefined` where the file does not set it. */
export type Scope = (name: string) => readonly Piece[] | undefined;

// `ENV A=$A$A` doubles the value each time, and each use is remembered.
const maxPiecesOfWord = 40;
const maxPiecesOfText = 5000;

/** The text of a word with its variables put in. */
export function resolve(file: Dockerfile, range: Range, scope: Scope): readonly Piece[] {
  const pieces = substitute(file, readParts(file, range, "quotes"), scope, maxPiecesOfWord);
  return pieces.length > maxPiecesOfWord ? [unknownPiece(file, range)] : pieces;
}

/** The text of a heredoc with its variables put in. */
export function resolveText(file: Dockerfile, range: Range, scope: Scope): readonly Piece[] {
  const pieces = substitute(file, readParts(file, range, "no quotes"), scope, maxPiecesOfText);
  return pieces.length > maxPiecesOfText ? [unknownPiece(file, range)] : pieces;
}

/** Stops when there are more than `limit` pieces. */
function substitute(file: Dockerfile, parts: readonly Part[], scope: Scope, limit: number): Piece[] {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if ("text" in part) pieces.push(part);
    else pieces.push(...expand(file, part, scope, limit));
    if (pieces.length > limit) break;
  }
  return pieces;
}

function expand(file: Dockerfile, use: Substitution, scope: Scope, limit: number): Piece[] {
  const value = scope(use.name);
  const isUnset = !value || (use.operator.startsWith(":") && isEmpty(value));
  if (use.operator.endsWith("-") && isUnset) return substitute(file, use.operand, scope, limit);
  if (use.operator.endsWith("+") && value) return isUnset ? [] : substitute(file, use.operand, scope, limit);
  if (use.operator.endsWith("+") || use.operator === "other" || !value) return [unknownPiece(file, use)];
  return value.map((piece) => through(piece, [placeOf(file, use)]));
}

function isEmpty(value: readonly Piece[]): boolean {
  return value.every((piece) => isKnown(piece) && piece.text === "");
}

function unknownPiece(file: Dockerfile, range: Range): Piece {
  return { unknown: file.text.slice(range.start, range.end), at: placeOf(file, range) };
}
