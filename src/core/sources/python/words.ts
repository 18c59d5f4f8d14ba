import type { Place } from "../../text.ts";
import { noSlot, type Piece, through, type Word } from "../../word.ts";
import type { Value } from "../shell/variables.ts";
import { type Context, placeOf, textOf } from "./context.ts";
import { valueSlot } from "./slots.ts";
import type { Node } from "./tree.ts";

/** The one word that a value is; a list, and what nobody knows, is a word of one unknown piece. */
export function wordIn(value: Value | undefined, node: Node, context: Context): Word {
  const [word] = value?.words ?? [];
  return word && value && !value.array ? word : unknownWord(node, context, false);
}

/** A word that nobody knows; it `splits` where it stands for any number of words. */
export function unknownWord(node: Node, context: Context, splits: boolean): Word {
  const word: Word = { pieces: [unknown(node, context)], at: placeOf(node, context), edit: noSlot };
  return splits ? { ...word, splits } : word;
}

export function unknown(node: Node, context: Context): Piece {
  return { unknown: textOf(node, context), at: placeOf(node, context) };
}

/** A string that is made of pieces. */
export function textValue(node: Node, pieces: readonly Piece[], context: Context): Value {
  const at = placeOf(node, context);
  return { words: [{ pieces, at, edit: valueSlot(context.file, node, pieces) }], array: false, at };
}

/** A value that came out of a name. */
export function used(value: Value | undefined, use: Place): Value | undefined {
  return (
    value && {
      ...value,
      words: value.words.map((word) => {
        const pieces = word.pieces.map((piece) => through(piece, [use]));
        return value.array ? { ...word, pieces } : { ...word, pieces, at: use };
      }),
    }
  );
}
