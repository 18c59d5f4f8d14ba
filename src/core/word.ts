import { contains, type Edit, type Place } from "./text.ts";

/**
 * A part of a word: text that is known, or text that is only known when it runs.
 *
 * `at` is where it is written. Known text is *verbatim* when `at` is as long as the text: then character `i` stands at
 * `at.start + i`. Otherwise (an escape, a folded line) the whole text stands for the whole place.
 * `via` lists the uses it came through, outermost last: for `HOST=0.0.0.0; jupyter --ip=$HOST` the text `0.0.0.0`
 * stands at the assignment and came via `$HOST`. `unknown` holds the source spelling, such as `${HOST}`.
 */
export type Piece = Known | Unknown;
export type Known = { readonly text: string; readonly at?: Place; readonly via?: readonly Place[] };
export type Unknown = { readonly unknown: string; readonly at?: Place };

/**
 * One argument of a command, or one value.
 *
 * `at` is where the word stands with its quotes: for a word that came out of a variable, the place of its use.
 * `splits` marks an unquoted word that is nothing but unknown (`$ARGS`): it may stand for any number of words.
 * `implied` marks a word nobody wrote: an image's own entrypoint. What it says is a default.
 */
export type Word = {
  readonly pieces: readonly Piece[];
  readonly at: Place;
  readonly edit: Slot;
  readonly splits?: true;
  readonly implied?: true;
};

/**
 * How a word is edited where it stands; the source that read the word knows. Each answers `undefined` when that cannot
 * be done there. Text put in must be `insertable`.
 */
export type Slot = {
  /** Puts `text` in the place of the whole word, keeping quotes. */
  replace(text: string): Edit[] | undefined;
  /** Takes the word out with the space, comma or line that held it. */
  remove(): Edit[] | undefined;
  /** Puts words behind it. */
  after(words: readonly string[]): Edit[] | undefined;
  /** Whether the whole word may say this, where that takes more than to be `insertable`: asked before a part is replaced. */
  readonly takes?: (text: string) => boolean;
};

/** A slot for a word that stands nowhere. */
export const noSlot: Slot = { replace: () => undefined, remove: () => undefined, after: () => undefined };

/** Text that is the same word at every quoting depth, in a shell, in JSON, in YAML and in a `.env` file. */
export function insertable(text: string): boolean {
  return /^[A-Za-z0-9_.:/=,@%+-]+$/.test(text);
}

export function isKnown(piece: Piece): piece is Known {
  return "text" in piece;
}

/** The word's text if all of it is known. */
export function literal(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  let text = "";
  for (const piece of word.pieces) {
    if (!isKnown(piece)) return undefined;
    text += piece.text;
  }
  return text;
}

/** Stands for an unknown piece where a word is read as text; a private-use character that no launch contains. */
export const UNKNOWN = "\uE000";

/** The word's text with `UNKNOWN` for each unknown piece: what option parsers match on. */
export function spelled(word: Pick<Word, "pieces">): string {
  return word.pieces.map((piece) => (isKnown(piece) ? piece.text : UNKNOWN)).join("");
}

/** No value that a person wrote is put together from more pieces; one that doubles itself line by line soon is. */
export const mostPieces = 500;

/** Further uses say nothing more to a reader. */
const mostUses = 20;

/** A piece that came through further uses. */
export function through(piece: Piece, uses: readonly Place[]): Piece {
  if (!isKnown(piece) || uses.length === 0) return piece;
  const { via = [] } = piece;
  return via.length < mostUses ? { ...piece, via: [...via, ...uses] } : piece;
}

/** The pieces between two offsets of `spelled`. A piece that is not verbatim is cut in its text but keeps its place. */
export function slicePieces(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const result: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const length = isKnown(piece) ? piece.text.length : 1;
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, length);
    if (from < to) result.push(isKnown(piece) ? sliceKnown(piece, from, to) : piece);
    offset += length;
  }
  return result;
}

function sliceKnown(piece: Known, from: number, to: number): Known {
  if (from === 0 && to === piece.text.length) return piece;
  const text = piece.text.slice(from, to);
  if (!piece.at || !isVerbatim(piece)) return { ...piece, text };
  return { ...piece, text, at: { path: piece.at.path, start: piece.at.start + from, end: piece.at.start + to } };
}

/** Whether each character of the piece stands by itself in the file. */
export function isVerbatim(piece: Known): boolean {
  return piece.at !== undefined && piece.at.end - piece.at.start === piece.text.length;
}

/**
 * The place that holds all of `pieces`, or `undefined` when they stand in different files, out of order or nowhere. What
 * came through a variable that is set further down stands in order by chance only.
 */
export function span(pieces: readonly Piece[]): Place | undefined {
  let result: Place | undefined;
  let before: Piece | undefined;
  for (const piece of pieces) {
    const { at } = piece;
    if (!at) return undefined;
    if (!result) result = at;
    else if (at.path !== result.path || at.start < result.end) return undefined;
    else if (at.start > result.end && before && cameApart(before, piece)) return undefined;
    else result = { path: result.path, start: result.start, end: at.end };
    before = piece;
  }
  return result;
}

/** Whether one of two pieces came from elsewhere than the other, rather than out of a default inside its use. */
function cameApart(a: Piece, b: Piece): boolean {
  const [outerA, outerB] = [a, b].map((piece) => (isKnown(piece) ? piece.via?.at(-1) : undefined));
  if (outerA === outerB) return false;
  return [a, b].some(({ at }, index) => {
    const use = index === 0 ? outerA : outerB;
    return at !== undefined && use !== undefined && !contains(use, at);
  });
}

/** Like `span`, but only when nothing stands between the pieces, so that the range can be replaced as a whole. */
export function solid(pieces: readonly Piece[]): Place | undefined {
  const gap = pieces.some((piece, index) => index > 0 && pieces[index - 1]?.at?.end !== piece.at?.start);
  return gap ? undefined : span(pieces);
}

/**
 * Part of a word, such as the value of `--ip=0.0.0.0`, between two offsets of `spelled`.
 * It is replaced where its own text stands; it is removed with the whole word.
 */
export function sliceWord(word: Word, start: number, end = Number.POSITIVE_INFINITY): Word {
  const written = slicePieces(word.pieces, start, end);
  const pieces = written.length > 0 ? written : emptyPieces(word.pieces, start);
  const place = solid(pieces);
  const takes = (text: string) => word.edit.takes?.(withPart(word, start, end, text)) ?? true;
  const replace = (text: string) => (place && insertable(text) && takes(text) ? [{ ...place, text }] : undefined);
  return { ...word, pieces, at: span(pieces) ?? word.at, edit: { ...word.edit, replace, takes } };
}

function withPart(word: Word, start: number, end: number, text: string): string {
  const whole = spelled(word);
  return whole.slice(0, start) + text + whole.slice(end);
}

/** The pieces without text at an offset: an empty value still stands somewhere, and may have come through a variable. */
function emptyPieces(pieces: readonly Piece[], offset: number): Piece[] {
  let at = 0;
  return pieces.filter((piece) => {
    const isHere = at === offset && isKnown(piece) && piece.text === "";
    at += isKnown(piece) ? piece.text.length : 1;
    return isHere;
  });
}

/**
 * Where the word's text is really written: the literal behind a variable rather than its use, and where it begins when
 * it is put together from several places. An empty word is where it stands.
 */
export function origin(word: Word): Place {
  const written = word.pieces.filter((piece) => !isKnown(piece) || piece.text !== "");
  return span(written) ?? written[0]?.at ?? word.at;
}

/** The uses that the word's literal came through; empty for a word that is written where it stands. */
export function uses(word: Word): readonly Place[] {
  return word.pieces.flatMap((piece) => (isKnown(piece) ? (piece.via ?? []) : []));
}
