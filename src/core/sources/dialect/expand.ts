import type { Mapped } from "../../mapped.ts";
import type { Edit, Place } from "../../text.ts";
import { isKnown, type Piece, type Slot, through, type Word } from "../../word.ts";
import { fieldWords, joinedWords } from "../shell/fields.ts";
import { writtenPieces } from "../shell/literal.ts";
import { placeOf, type Segment, segmentOf } from "../shell/segment.ts";
import { edit, insertion, literalPlace } from "../shell/slot.ts";
import type { Lookup, Value } from "../shell/variables.ts";
import type { Part, Range, WordNode } from "./nodes.ts";

/** How words of one shell become arguments. */
export type Spelling = {
  /** What hides a line end: `\`, a backtick, `^`. */
  readonly continuation: string;
  /** A variable's value is split at its blanks, because it is put into the line before that is read. */
  readonly splits: boolean;
  /** Whether text means itself where it stands without quotes; it is insertable in any case. */
  means(text: string): boolean;
  /** Whether text that stands without quotes is read as two words. */
  parts?(text: string): boolean;
  /** Whether a variable's value is still text once it is put into the line; it is in any case where none are `splits`. */
  staysText?(value: string): boolean;
  /** The range that goes with an argument, where a comma holds it as well. */
  extent?(text: string, node: WordNode): Range | undefined;
};

/** What a word needs to be expanded. */
export type Context = {
  readonly script: Mapped;
  readonly fallback: Place;
  readonly lookup: Lookup;
  readonly spelling: Spelling;
};

export type Remove = (() => Edit[] | undefined) | undefined;

/** The words that one word of a command becomes; several for a list. */
export function expandWord(node: WordNode, context: Context, remove: Remove): Word[] {
  const at = placeOf(context, node.start, node.end);
  const [part] = node.parts;
  // The usual case by far: text, which is one word whatever it is.
  if (part?.type === "text" && node.parts.length === 1 && part.start < part.end && part.text !== "") {
    const pieces = piecesOf(part, context);
    if (pieces.every(isKnown)) return [{ pieces, at, edit: slotOf(node, pieces, context, remove) }];
  }
  return alternatives(node, context).flatMap((segments) =>
    fieldWords(segments, at, (pieces) => slotOf(node, pieces, context, remove)),
  );
}

/** The one word that the value of a variable is. */
export function expandValue(node: WordNode, context: Context, remove: Remove): Word {
  const at = placeOf(context, node.start, node.end);
  const pieces: Piece[] = [];
  for (const part of node.parts) for (const piece of piecesOf(part, context)) pieces.push(piece);
  const known = pieces.length > 0 ? pieces : [{ text: "", at: placeOf(context, node.inside.start, node.inside.start) }];
  return { pieces: known, at, edit: { ...slotOf(node, known, context, remove), after: () => undefined } };
}

/** Takes an argument out with the gap before it. */
export function removeArgument(node: WordNode, { script, spelling }: Context): () => Edit[] | undefined {
  return () => {
    const whole = spelling.extent?.(script.text, node);
    if (whole) return edit(script, whole.start, whole.end, "");
    return edit(script, gapBefore(script.text, node.start, spelling.continuation), node.end, "");
  };
}

/** The gap before a word: blanks, and the line ends that are hidden. */
export function gapBefore(text: string, start: number, continuation: string): number {
  let at = start;
  for (;;) {
    if (text[at - 1] === " " || text[at - 1] === "\t") at--;
    else if (text[at - 1] === "\n" && text[at - 2] === continuation) at -= 2;
    else if (text[at - 1] === "\n" && text[at - 2] === "\r" && text[at - 3] === continuation) at -= 3;
    else return at;
  }
}

function slotOf(node: WordNode, pieces: readonly Piece[], { script, spelling }: Context, remove: Remove): Slot {
  const { start, end } = node.inside;
  const isQuoted = start > node.start;
  // What stands bare is read as an expression in a list, and what is added there needs a comma.
  const isElement = () => spelling.extent?.(script.text, node) !== undefined;
  const { parts } = spelling;
  return {
    ...(parts && !isQuoted && { takes: (text) => !parts(text) }),
    replace(text) {
      const literal = literalPlace(pieces);
      const fits = isQuoted || (spelling.means(text) && !isElement());
      if (!/^[A-Za-z0-9_.:/=,@%+-]+$/.test(text) || !fits) return undefined;
      return literal ? [{ ...literal, text }] : edit(script, start, end, text);
    },
    remove: () => remove?.(),
    after(words) {
      if (!words.every(spelling.means) || isElement()) return undefined;
      return insertion(script.place(node.start, node.end) && script.place(node.end, node.end), words);
    },
  };
}

/** More words than that nobody writes by joining lists. */
const mostAlternatives = 64;

/** A list that is a part of a longer word makes one word of each of its elements. */
function alternatives({ parts }: WordNode, context: Context): Segment[][] {
  let result: Segment[][] = [[]];
  for (const part of parts) {
    const value = part.type === "variable" && !part.quoted ? valueIn(part, context) : undefined;
    const each = value && parts.length > 1 ? value.words.map((word) => [word]) : [value?.words];
    if (result.length * each.length > mostAlternatives)
      return [parts.map((one) => segmentOf(unknown(one, context), { quoted: one.quoted, expanded: true }))];
    const segments = each.map((words) => (words ? ofWords(words, part, parts.length, context) : joined(part, context)));
    const [only] = segments;
    // The usual case by far; a copy for each part of a long word would take too long.
    if (segments.length === 1 && only) for (const before of result) before.push(...only);
    else result = segments.flatMap((added) => result.map((before) => [...before, ...added]));
  }
  return result;
}

/** The words of a variable that is used without quotes. */
function ofWords(words: readonly Word[], part: Part, count: number, context: Context): Segment[] {
  const at = placeOf(context, part.start, part.end);
  const { splits } = context.spelling;
  const passed = words.map((word) => ({ ...word, at, pieces: word.pieces.map((piece) => through(piece, [at])) }));
  if (count === 1 && !splits) return passed.length > 0 ? [{ list: passed }] : [];
  return passed.flatMap(({ pieces }) => pieces.map((piece) => segmentOf(piece, { quoted: !splits, expanded: splits })));
}

function joined(part: Part, context: Context): Segment[] {
  const { quoted } = part;
  const isExpansion = part.type !== "text";
  return piecesOf(part, context).map((piece) => segmentOf(piece, { quoted, expanded: isExpansion || !isKnown(piece) }));
}

/** What a part is as text; the words of a list stand with a space between them. */
function piecesOf(part: Part, context: Context): Piece[] {
  const { script } = context;
  const at = placeOf(context, part.start, part.end);
  if (part.type === "text") {
    const isAsWritten = part.text === undefined && part.start < part.end;
    return isAsWritten ? writtenPieces(script, part.start, part.end) : [{ text: part.text ?? "", at }];
  }
  const value = part.type === "variable" ? valueIn(part, context) : undefined;
  if (!value) return [unknown(part, context)];
  const [only] = value.words;
  const pieces = only && value.words.length === 1 ? only.pieces : joinedWords(value.words);
  return pieces.length > 0 ? pieces.map((piece) => through(piece, [at])) : [{ text: "", at }];
}

function unknown({ start, end }: Part, context: Context): Piece {
  return { unknown: context.script.text.slice(start, end), at: placeOf(context, start, end) };
}

/** What a variable holds, or one element of it; what is behind its last element is nothing. */
function valueIn(part: Part & { readonly type: "variable" }, context: Context): Value | undefined {
  const { lookup, spelling } = context;
  const value = lookup(part.name);
  const { staysText } = spelling;
  const isText = (piece: Piece) => !isKnown(piece) || staysText?.(piece.text) === true;
  if (!value || (staysText && !value.words.every(({ pieces }) => pieces.every(isText)))) return undefined;
  if (part.index === undefined) return value;
  const { index } = part;
  const word = value.words.at(index > 0 ? index - 1 : index);
  return { ...value, words: word ? [word] : [] };
}
