import { type Mapped, mappedPieces } from "../../mapped.ts";
import { isKnown, literal, mostPieces, noSlot, type Piece, through } from "../../word.ts";
import { behindReference } from "./reference.ts";
import type { Variables } from "./variables.ts";

/** What references are looked up in. */
export type Scope = {
  readonly variables: Variables;
  /** `$@`, `$<` and their like, inside a recipe. */
  readonly automatic?: ReadonlyMap<string, readonly Piece[]>;
  /** How many references may still be looked up: variables that name each other twice multiply without end. */
  readonly budget: { left: number };
};

/** Deeper than any makefile that a person wrote. */
const deepest = 20;

/**
 * Text with its references put in. Each literal keeps the place where it is written, with the reference as its use.
 * Unknown are a variable that nothing here sets, since the environment may, and what would have to be worked out: a
 * function such as `$(shell …)`, a substitution such as `$(SRC:.c=.o)`.
 * Source: GNU make manual 6.1 to 6.3.
 */
export function expand(text: Mapped, scope: Scope, depth = 0): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.text.indexOf("$"); at >= 0; at = text.text.indexOf("$", from)) {
    if (from < at) for (const piece of text.pieces(from, at)) pieces.push(piece);
    from = behindReference(text.text, at);
    for (const piece of referenced(text, at, from, scope, depth)) pieces.push(piece);
    if (depth > 0 && pieces.length > mostPieces) return [unknownPart(text, 0, text.text.length)];
  }
  return from < text.text.length ? pieces.concat(text.pieces(from, text.text.length)) : pieces;
}

/** What `$…` between two offsets stands for. */
function referenced(text: Mapped, start: number, end: number, scope: Scope, depth: number): readonly Piece[] {
  const source = text.text.slice(start, end);
  const at = text.place(start, end);
  if (source === "$$") return [{ text: "$", ...(at && { at }) }];
  const name = nameIn(text, start, end, scope, depth);
  const value = name === undefined ? undefined : lookedUp(name, scope, depth);
  return value ? value.map((piece) => through(piece, at ? [at] : [])) : [unknownPart(text, start, end)];
}

/** The name that a reference looks up, which may be put together from others. */
function nameIn(text: Mapped, start: number, end: number, scope: Scope, depth: number): string | undefined {
  const source = text.text.slice(start, end);
  if (!/^\$[({]/.test(source)) return source.slice(1);
  if (!/[)}]$/.test(source)) return undefined;
  const inner = source.slice(2, -1);
  if (!inner.includes("$")) return /^[^\s,:=]+$/.test(inner) ? inner : undefined;
  if (/[\s,:]/.test(inner) || depth >= deepest) return undefined;
  const pieces = expand(mappedPieces(text.pieces(start + 2, end - 1)), scope, depth + 1);
  return literal({ pieces, at: { path: "", start: 0, end: 0 }, edit: noSlot });
}

function lookedUp(name: string, scope: Scope, depth: number): readonly Piece[] | undefined {
  const { automatic, budget, variables } = scope;
  const given = automatic?.get(name);
  if (given) return given;
  const definition = variables.get(name);
  if (!definition || budget.left <= 0 || depth >= deepest) return undefined;
  budget.left--;
  if (!definition.recursive) return definition.pieces;
  const isPlain = definition.pieces.every((piece) => !isKnown(piece) || !piece.text.includes("$"));
  return isPlain ? definition.pieces : expand(mappedPieces(definition.pieces), scope, depth + 1);
}

function unknownPart(text: Mapped, start: number, end: number): Piece {
  const at = text.place(start, end);
  return { unknown: text.text.slice(start, end), ...(at && { at }) };
}

/** The text of what references were put into, where all of it is known. */
export function textOf(pieces: readonly Piece[]): string | undefined {
  return literal({ pieces, at: { path: "", start: 0, end: 0 }, edit: noSlot });
}
