import type { Place } from "../../text.ts";
import { isKnown, type Known, type Piece, type Slot, slicePieces, type Word } from "../../word.ts";
import type { Segment } from "./segment.ts";
import { splitSlot } from "./slot.ts";

/** The words that an expanded word becomes. `ownSlot` edits it where it stands as a whole. */
export function fieldWords(
  segments: readonly Segment[],
  at: Place,
  ownSlot: (pieces: readonly Piece[]) => Slot,
): Word[] {
  return fieldsOf(segments).map((field) => {
    const only = field.parts.length === 1 ? field.parts[0]?.word : undefined;
    if (only) return only;
    const pieces = field.parts.flatMap((part) => part.pieces);
    const own = ownSlot(pieces);
    const split = pieces.some(isKnown) && field.parts.every((part) => part.split);
    const edit = split ? splitSlot(pieces, field.gap, field.spaced, own.after) : own;
    return { pieces, at, edit, ...(isBare(field) && { splits: true }) };
  });
}

/** The pieces of an expanded word that is not split; the words of a list stand with a space between them. */
export function joinedPieces(segments: readonly Segment[]): Piece[] {
  return segments.flatMap((segment) => ("list" in segment ? joinedWords(segment.list) : [segment.piece]));
}

export function joinedWords(words: readonly Word[]): Piece[] {
  const space: Piece = { text: " " };
  return words.flatMap(({ pieces }, index) => (index > 0 ? [space, ...pieces] : pieces));
}

/** One word that came out of an expansion: its parts, and the white space before it in the text it was split from. */
type Field = { readonly parts: Part[]; readonly gap: readonly Piece[]; spaced: boolean };
type Part = {
  readonly pieces: readonly Piece[];
  readonly quoted: boolean;
  /** It came out of an unquoted expansion, which is split. */
  readonly split: boolean;
  /** An element of a list. */
  readonly word?: Word;
};

function fieldsOf(segments: readonly Segment[]): Field[] {
  let field: Field = { parts: [], gap: [], spaced: false };
  const fields = [field];
  const next = (gap: readonly Piece[]) => {
    field.spaced ||= gap.length > 0;
    field = { parts: [], gap, spaced: gap.length > 0 };
    fields.push(field);
  };
  for (const segment of segments) {
    if ("list" in segment) {
      segment.list.forEach((word, index) => {
        if (index > 0) next([]);
        field.parts.push({ pieces: word.pieces, quoted: !word.splits, split: false, word });
      });
    } else {
      const { piece, quoted, expanded } = segment;
      const split = expanded && !quoted;
      for (const { pieces, blank } of split && isKnown(piece) ? runs(piece) : [{ pieces: [piece], blank: false }]) {
        if (blank) next(pieces);
        else field.parts.push({ pieces, quoted, split });
      }
    }
  }
  return fields.filter(({ parts }) => parts.some(({ pieces, quoted }) => quoted || pieces.some(isNotEmpty)));
}

/** Text by turns of white space and of something else. */
function runs(piece: Known): { pieces: Piece[]; blank: boolean }[] {
  if (!/[ \t\n]/.test(piece.text)) return [{ pieces: [piece], blank: false }];
  return [...piece.text.matchAll(/[ \t\n]+|[^ \t\n]+/g)].map(({ 0: text, index }) => ({
    pieces: text === piece.text ? [piece] : slicePieces([piece], index, index + text.length),
    blank: /^[ \t\n]/.test(text),
  }));
}

function isNotEmpty(piece: Piece): boolean {
  return !isKnown(piece) || piece.text !== "";
}

function isBare({ parts }: Field): boolean {
  return parts.every(({ pieces, quoted }) => !quoted && pieces.every((piece) => !isKnown(piece)));
}
