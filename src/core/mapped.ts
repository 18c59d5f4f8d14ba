import { lastUpTo, type Place } from "./text.ts";
import { isKnown, type Piece, slicePieces, span, UNKNOWN, type Word } from "./word.ts";

/**
 * Text that knows where each of its characters is written, so that text inside text (a shell script in a YAML scalar,
 * the argument of `bash -c`) can be parsed by itself and still be reported and edited in the file.
 * An unknown piece is one `UNKNOWN` character.
 */
export type Mapped = {
  readonly text: string;
  /** The pieces of `text` between two offsets. */
  pieces(start: number, end: number): Piece[];
  /** Where `text` between two offsets is written as one range, or `undefined` when it is not one. */
  place(start: number, end: number): Place | undefined;
};

/** The text of a file, or a part of it. `text` may be a same-length mask of the original. */
export function mappedText(path: string, text: string, offset = 0): Mapped {
  return {
    text,
    pieces(start, end) {
      return [{ text: text.slice(start, end), at: { path, start: offset + start, end: offset + end } }];
    },
    place(start, end) {
      return { path, start: offset + start, end: offset + end };
    },
  };
}

/** The text of a word, such as the script of `sh -c SCRIPT`. */
export function mappedWord(word: Word): Mapped {
  return mappedPieces(word.pieces);
}

/** Text made of pieces. Any part of it is found without going through all of them. */
export function mappedPieces(pieces: readonly Piece[]): Mapped {
  const texts = pieces.map((piece) => (isKnown(piece) ? piece.text : UNKNOWN));
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length;
  }
  const between = (start: number, end: number) => {
    const first = lastUpTo(starts, start);
    const last = lastUpTo(starts, end);
    const offset = starts[first] ?? 0;
    return slicePieces(pieces.slice(first, last + 1), start - offset, end - offset);
  };
  return {
    text: texts.join(""),
    pieces: between,
    place(start, end) {
      if (start < end) return span(between(start, end));
      return emptyPlace(between, start);
    },
  };
}

/** The place between two characters: right behind the one before it, or right before the one after it. */
function emptyPlace(between: Mapped["pieces"], offset: number): Place | undefined {
  const [before] = offset > 0 ? between(offset - 1, offset) : [];
  if (before?.at) return { path: before.at.path, start: before.at.end, end: before.at.end };
  const [after] = between(offset, offset + 1);
  if (after?.at) return { path: after.at.path, start: after.at.start, end: after.at.start };
  return undefined;
}
