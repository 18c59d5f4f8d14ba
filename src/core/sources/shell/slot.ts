import type { Mapped } from "../../mapped.ts";
import type { Edit, Place } from "../../text.ts";
import { insertable, isKnown, isVerbatim, type Piece, type Slot, solid } from "../../word.ts";
import type { ShellTree, WordNode } from "./parse.ts";
import { insideWord } from "./quotes.ts";

/** The edit that takes a word of a script out, with whatever separates it. */
export type Removal = (node: WordNode, script: Mapped) => Edit[] | undefined;

/** The slot of a word that stands by itself in a script. For a variable it is replaced in the assignment. */
export function wordSlot(script: Mapped, node: WordNode, pieces: readonly Piece[], remove: Removal): Slot {
  return {
    replace(text) {
      if (!insertable(text)) return undefined;
      const literal = literalPlace(pieces);
      const { start, end } = insideWord(node);
      return literal ? [{ ...literal, text }] : edit(script, start, end, text);
    },
    remove: () => remove(node, script),
    after: (words) => insertion(script.place(node.pos, node.end) && script.place(node.end, node.end), words),
  };
}

/**
 * An argument is removed with the gap before it and never the one behind it, so that the edits of any arguments of one
 * command fit together and leave each remaining one its own gap.
 */
export const removeArgument: Removal = ({ pos, end }, script) => edit(script, gapBefore(script.text, pos), end, "");

export const keep: Removal = () => undefined;

/** The gap before a word of a command: blanks, and the line ends that a backslash hides. */
export function gapBefore(text: string, start: number): number {
  let at = start;
  for (;;) {
    const previous = text[at - 1];
    if (previous === " " || previous === "\t") at--;
    else if (previous === "\n" && text[at - 2] === "\\") at -= 2;
    else return at;
  }
}

/**
 * The gap before an element of `(…)`, where line ends and comments may stand between words. The element takes the line
 * end before it along, so that no empty line stays, unless a comment needs it.
 */
export function gapInList(tree: ShellTree, previousEnd: number, start: number, end: number): number {
  const { crlf } = tree;
  const { text } = tree.script;
  const at = Math.max(gapBefore(text, start), previousEnd);
  if (at === previousEnd || text[at - 1] !== "\n") return at;
  const commented = text.slice(previousEnd, at).includes("#") || /^[ \t]*#/.test(text.slice(end, end + 200));
  if (commented) return at;
  const lineEnd = crlf && text[at - 2] === "\n" ? 2 : 1;
  return Math.max(previousEnd, trimmedEnd(text, at - lineEnd));
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (text[at - 1] === " " || text[at - 1] === "\t") at--;
  return at;
}

/**
 * The slot of a word that was split out of a longer text: `--ip=0.0.0.0` of `OPTS="--ip=0.0.0.0 --no-browser"`. `gap` is
 * the white space before it there. `fallback` puts words behind the use of the variable, for a value that is this word
 * and nothing else: it may stand without quotes, where a space would end it.
 */
export function splitSlot(
  pieces: readonly Piece[],
  gap: readonly Piece[],
  spaced: boolean,
  fallback: Slot["after"],
): Slot {
  const place = solid(pieces);
  const whole = place && gap.length > 0 ? solid([...gap, ...pieces]) : place;
  return {
    replace: (text) => (place && insertable(text) ? [{ ...place, text }] : undefined),
    remove: () => (whole && editable([...gap, ...pieces]) ? [{ ...whole, text: "" }] : undefined),
    after: (words) => (place && spaced ? insertion({ ...place, start: place.end }, words) : fallback(words)),
  };
}

/** Replaces a range of the script, if it stands in the file as one range. */
export function edit(script: Mapped, start: number, end: number, text: string): Edit[] | undefined {
  if (start === end) {
    const place = script.place(start, end);
    return place && [{ ...place, text }];
  }
  const pieces = script.pieces(start, end);
  const place = editable(pieces) ? solid(pieces) : undefined;
  return place && [{ ...place, text }];
}

/** Whether no piece can be a part of something longer, such as half of a folded line. */
function editable(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => !isKnown(piece) || piece.text.length === 1 || isVerbatim(piece));
}

/** Where the word's whole text is written as it is: then that is what is replaced, and its quotes stay. */
export function literalPlace(pieces: readonly Piece[]): Place | undefined {
  const written = pieces.length > 0 && pieces.every((piece) => isKnown(piece) && isVerbatim(piece));
  return written ? solid(pieces) : undefined;
}

/** Puts words right behind a place. */
export function insertion(place: Place | undefined, words: readonly string[]): Edit[] | undefined {
  if (!place || !words.every(insertable)) return undefined;
  return [{ path: place.path, start: place.end, end: place.end, text: words.map((word) => ` ${word}`).join("") }];
}
