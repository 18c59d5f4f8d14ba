import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { isKnown, type Piece, type Word } from "../../word.ts";
import type { Lookup, Value } from "./variables.ts";

/** What a word needs to be expanded. */
export type Context = {
  readonly script: Mapped;
  readonly lookup: Lookup;
  /** Looks up what a command inherits. */
  readonly inherit: Lookup;
  /** `${V:=d}` assigns. */
  readonly assign: (name: string, value: Value) => void;
  /** For what stands nowhere by itself, such as text that was put together. */
  readonly fallback: Place;
};

/** Whether text stands in quotes, and whether it comes out of an expansion: it is split where it does and they do not. */
export type Quotes = { readonly quoted: boolean; readonly expanded: boolean };

/** A part of a word after expansion. A list is `"$@"` or `"${A[@]}"`: each of its words stays one. */
export type Segment = ({ readonly piece: Piece } & Quotes) | { readonly list: readonly Word[] };

/**
 * Where a range of the script is written. Where it is not written as one, because a variable put text of another place
 * into it, that is from the first to the last of what stands there itself.
 */
export function placeOf({ script, fallback }: Pick<Context, "script" | "fallback">, start: number, end: number): Place {
  return script.place(start, end) ?? outerPlace(script.pieces(start, end)) ?? fallback;
}

function outerPlace(pieces: readonly Piece[]): Place | undefined {
  const own = pieces.filter((piece) => !isKnown(piece) || !piece.via).flatMap(({ at }) => at ?? []);
  const first = own[0] ?? pieces[0]?.at;
  const last = own.at(-1);
  return first && last && first.path === last.path && first.start < last.end ? { ...first, end: last.end } : first;
}

export function segmentOf(piece: Piece, { quoted, expanded }: Quotes): Segment {
  return { piece, quoted, expanded };
}

/** A part of the script that only running it can tell. */
export function unknownSegment(
  part: { readonly pos: number; readonly end: number; readonly text: string },
  { quoted }: Quotes,
  context: Context,
): Segment {
  return { piece: { unknown: part.text, at: placeOf(context, part.pos, part.end) }, quoted, expanded: true };
}
