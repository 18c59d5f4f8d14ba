import { isKnown, type Piece, type Slot, slicePieces, span, spelled, UNKNOWN, uses, type Word } from "../../word.ts";
import { splitSlot } from "./slot.ts";

/**
 * A value that holds several arguments, such as `NOTEBOOK_ARGS="--ip=0.0.0.0 --no-browser"`, split the way a shell splits
 * words: quotes and backslashes are honoured, nothing is expanded.
 */
export function splitWords(word: Word): Word[] {
  const text = spelled(word);
  let from = 0;
  return [...text.matchAll(token)].map(({ 0: whole, index }) => {
    const end = index + whole.length;
    const gap = slicePieces(word.pieces, from, index);
    const isFirst = from === 0;
    from = end;
    return argument(word, index, end, isFirst ? [] : gap, text.length > whole.length);
  });
}

/** A run of plain characters, escaped ones and strings; a string that is not closed ends with the text. */
const token = /(?:\\.|'[^']*(?:'|$)|"(?:\\.|[^"\\])*(?:"|$)|[^\s'"\\]|\\$)+/gs;
const chunk = /\\(.)|'([^']*)(?:'|$)|"((?:\\.|[^"\\])*)(?:"|$)|[^'"\\]+|\\$/gs;

function argument(word: Word, start: number, end: number, gap: readonly Piece[], spaced: boolean): Word {
  const source = slicePieces(word.pieces, start, end);
  const text = spelled(word).slice(start, end);
  const pieces = unquoted(word.pieces, text, start);
  const slot: Slot = splitSlot(source, gap, spaced, word.edit.after);
  const bare = text === UNKNOWN;
  // What came out of a variable is one use of it; what is written here stands here.
  const isPassedOn = uses({ ...word, pieces: source }).length > 0;
  const at = isPassedOn ? word.at : (span(source) ?? word.at);
  return { pieces, at, edit: slot, ...(bare && { splits: true }) };
}

/** The pieces without their quotes and backslashes. */
function unquoted(pieces: readonly Piece[], text: string, offset: number): Piece[] {
  return [...text.matchAll(chunk)].flatMap((match) => {
    const start = offset + match.index;
    const [whole, escaped, single, double] = match;
    if (escaped !== undefined) return slicePieces(pieces, start + 1, start + 2);
    const inner = single ?? double;
    if (inner === undefined) return slicePieces(pieces, start, start + whole.length);
    if (inner === "") return emptyAt(pieces, start + 1);
    return double?.includes("\\")
      ? withoutEscapes(pieces, start + 1, double)
      : slicePieces(pieces, start + 1, start + 1 + inner.length);
  });
}

/** `''` is a word all the same; it stands, and came, where its second quote did. */
function emptyAt(pieces: readonly Piece[], offset: number): Piece[] {
  const [quote] = slicePieces(pieces, offset, offset + 1);
  if (!quote?.at || !isKnown(quote)) return [{ text: "" }];
  return [{ ...quote, text: "", at: { ...quote.at, end: quote.at.start } }];
}

/** Inside double quotes a backslash counts before a quote, a backslash, a dollar and a backquote only. */
function withoutEscapes(pieces: readonly Piece[], start: number, text: string): Piece[] {
  let from = start;
  const result: Piece[] = [];
  for (const { index } of text.matchAll(/\\["\\$`]/g)) {
    result.push(...slicePieces(pieces, from, start + index));
    result.push(...slicePieces(pieces, start + index + 1, start + index + 2));
    from = start + index + 2;
  }
  return [...result, ...slicePieces(pieces, from, start + text.length)];
}
