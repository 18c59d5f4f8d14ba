import type { Place } from "../../text.ts";
import { isKnown, noSlot, type Piece, through, type Word } from "../../word.ts";
import { joinedPieces, joinedWords } from "./fields.ts";
import type { ParameterExpansionPart, SimpleExpansionPart, WordNode } from "./parse.ts";
import { type Context, placeOf, type Quotes, type Segment, segmentOf, unknownSegment } from "./segment.ts";
import { splitSlot } from "./slot.ts";
import { type Lookup, parameters, type Value } from "./variables.ts";

type Expansion = SimpleExpansionPart | ParameterExpansionPart;
/** Expands the default of `${V:-default}`. */
type Operand = (node: WordNode, quotes: Quotes) => Segment[];

/** What `$V`, `${V:-d}`, `"$@"` stand for; everything that would have to be computed is unknown. */
export function parameterSegments(part: Expansion, quotes: Quotes, context: Context, operand: Operand): Segment[] {
  const unknown = () => [unknownSegment(part, quotes, context)];
  const { name, index, operation } = reference(part);
  if (name === undefined) return unknown();
  const use = placeOf(context, part.pos, part.end);
  if (isList(name, index)) {
    const words = listed(name, context.lookup, operation);
    return words ? listSegments(words, name === "*" || index === "*", quotes, use) : unbound(part, use);
  }
  const value = valueNamed(name, index, context.lookup);
  if (!operation) return value ? valueSegments(value, part, quotes, use) : unknown();
  if (operation.type !== "Default") return unknown();

  const missing = isMissing(value, operation.operator.startsWith(":"));
  const nothing = () => expandedSegments([], quotes, use);
  const given = () => {
    const segments = operand(operation.operand, { ...quotes, expanded: true });
    return segments.length > 0 ? segments : nothing();
  };
  switch (operation.operator) {
    case "+":
    case ":+":
      // A variable that nobody assigned here may come from outside, so this one may stand for nothing or for its word.
      if (!value || isUnknown(value)) return unknown();
      return missing ? nothing() : given();
    case "?":
    case ":?":
      return value ? valueSegments(value, part, quotes, use) : unknown();
    default: {
      const segments = given();
      // An empty value whose default is empty too: the assignment says so first.
      const kept = value && !isUnknown(value) && (!missing || segments.every(isEmpty));
      if (kept) return valueSegments(value, part, quotes, use);
      if (operation.operator.endsWith("=")) context.assign(name, assigned(joinedPieces(segments), use));
      return segments;
    }
  }
}

type Reference = {
  readonly name: string | undefined;
  readonly index?: string | undefined;
  readonly operation?: ParameterExpansionPart["operation"];
};

/** What is looked up; no name for `${#V}` and `${!V}`, and for `$$`, `$?` and their like. */
function reference(part: Expansion): Reference {
  const name = part.type === "SimpleExpansion" ? part.text.slice(1) : part.parameter;
  if (!/^(\w+|[@*])$/.test(name) || name === "0") return { name: undefined };
  if (part.type === "SimpleExpansion") return { name };
  if (part.prefix) return { name: undefined };
  return { name, index: part.index?.value, operation: part.operation };
}

function isList(name: string, index: string | undefined): boolean {
  return name === "@" || name === "*" || index === "@" || index === "*";
}

/** The words of an array or of the parameters, without the first ones for `${@:2}`. */
function listed(name: string, lookup: Lookup, operation: Reference["operation"]): readonly Word[] | undefined {
  const words = lookup(name === "*" ? parameters : name)?.words;
  if (!operation || !words) return words;
  if (operation.type !== "Slice" || operation.length) return undefined;
  const offset = /^\s*\d+$/.test(operation.offset.text) ? Number(operation.offset.text) : undefined;
  const first = name === "@" || name === "*" ? 1 : 0;
  if (offset === undefined || offset < first || words.slice(0, offset).some((word) => word.splits)) return undefined;
  return words.slice(offset - first);
}

/** `"$*"` is one word, anything else the words themselves. */
function listSegments(words: readonly Word[], asOne: boolean, quotes: Quotes, use: Place): Segment[] {
  const carried = words.map((word) => ({ ...word, pieces: word.pieces.map((piece) => through(piece, [use])) }));
  if (!asOne || !quotes.quoted) return [{ list: carried }];
  const pieces = joinedWords(carried);
  return expandedSegments(pieces, quotes, use);
}

/** What came out of an expansion: text all the same where it is empty. */
function expandedSegments(pieces: readonly Piece[], { quoted }: Quotes, use: Place): Segment[] {
  const expanded = { quoted, expanded: true };
  return pieces.length > 0
    ? pieces.map((piece) => segmentOf(piece, expanded))
    : [segmentOf({ text: "", at: use }, expanded)];
}

/** A list that nobody knows: any number of words, with quotes as well. */
function unbound(part: Expansion, use: Place): Segment[] {
  return [{ piece: { unknown: part.text, at: use }, quoted: false, expanded: true }];
}

function valueNamed(name: string, index: string | undefined, lookup: Lookup): Value | undefined {
  if (/^\d+$/.test(name)) return element(lookup(parameters), Number(name) - 1);
  const value = lookup(index === undefined ? name : `${name}[${index}]`);
  if (index === undefined) return value?.array ? element(value, 0) : value;
  return value ?? (/^\d+$/.test(index) ? element(lookup(name), Number(index)) : undefined);
}

/** One word of an array; an empty value behind its end. Behind a word that may be several nobody can count. */
function element(list: Value | undefined, index: number): Value | undefined {
  if (!list || list.words.slice(0, index + 1).some((word) => word.splits)) return undefined;
  return { words: list.words.slice(index, index + 1), array: false, at: list.at };
}

function valueSegments(value: Value, part: Expansion, quotes: Quotes, use: Place): Segment[] {
  const pieces = isUnknown(value)
    ? [{ unknown: part.text, at: use }]
    : textOf(value).map((piece) => through(piece, [use]));
  return expandedSegments(pieces, quotes, use);
}

function textOf(value: Value): readonly Piece[] {
  return value.words[0]?.pieces ?? [];
}

/** Whether `${V:-d}` is `d`. A value that nobody knows may be missing as well, and `d` is what is written. */
function isMissing(value: Value | undefined, emptyToo: boolean): boolean {
  if (!value || isUnknown(value)) return true;
  return value.words.length === 0 || (emptyToo && textOf(value).every((piece) => isKnown(piece) && piece.text === ""));
}

function isEmpty(segment: Segment): boolean {
  return "piece" in segment && isKnown(segment.piece) && segment.piece.text === "";
}

function isUnknown(value: Value): boolean {
  const pieces = textOf(value);
  return pieces.length > 0 && pieces.every((piece) => !isKnown(piece));
}

function assigned(pieces: readonly Piece[], at: Place): Value {
  const edit = splitSlot(pieces, [], false, noSlot.after);
  return { words: [{ pieces, at, edit: { ...edit, remove: noSlot.remove } }], array: false, at };
}
