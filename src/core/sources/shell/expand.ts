import type { Mapped } from "../../mapped.ts";
import { isKnown, type Piece, type Slot, type Word } from "../../word.ts";
import { fieldWords, joinedPieces } from "./fields.ts";
import { literalPieces, writtenPieces } from "./literal.ts";
import { parameterSegments } from "./parameter.ts";
import type { WordNode, WordPart } from "./parse.ts";
import { type Context, placeOf, type Quotes, type Segment, unknownSegment } from "./segment.ts";
import type { Spelling } from "./slot.ts";

/** Makes the slot of a word that is written in the script by itself. */
export type SlotOf = (node: WordNode, spelling: Spelling, pieces: readonly Piece[]) => Slot;

/** The words that one word of the script becomes: none for an empty `$OPTS`, several for a list. */
export function expandWord(node: WordNode, context: Context, slotOf: SlotOf): Word[] {
  const at = placeOf(context, node.pos, node.end);
  const ownSlot = (pieces: readonly Piece[]) => slotOf(node, spelling(node), pieces);
  // Most words are plain text, and need none of the rest.
  if (!node.parts && !context.script.text.slice(node.pos, node.end).includes("\\")) {
    const pieces = writtenPieces(context.script, node.pos, node.end);
    return [{ pieces, at, edit: ownSlot(pieces), ...(pieces.every((piece) => !isKnown(piece)) && { splits: true }) }];
  }
  return fieldWords(segmentsOf(node, outside, context), at, ownSlot);
}

/** The one word that the right side of an assignment becomes, or the target of a here-string: nothing is split. */
export function expandValue(node: WordNode, context: Context, slotOf: SlotOf): Word {
  const at = placeOf(context, node.pos, node.end);
  const pieces = joinedPieces(segmentsOf(node, outside, context));
  const known = pieces.length > 0 ? pieces : [{ text: "", at }];
  return { pieces: known, at, edit: slotOf(node, spelling(node), known) };
}

const outside: Quotes = { quoted: false, expanded: false };
const inDoubleQuotes: Quotes = { quoted: true, expanded: false };

/** The range of a word, and the one inside the quotes where they are around the whole of it. */
function spelling({ pos, end, parts }: WordNode): Spelling {
  const [only, ...more] = parts ?? [];
  const quoted = only && more.length === 0 && ["SingleQuoted", "DoubleQuoted", "AnsiCQuoted"].includes(only.type);
  return { start: pos, end, inner: quoted ? insideQuotes(only) : { start: pos, end } };
}

/** Between the quotes; the closing one may be missing while someone types. */
function insideQuotes({ type, pos, end, text }: WordPart): { start: number; end: number } {
  const start = pos + (type === "AnsiCQuoted" || type === "LocaleString" ? 2 : 1);
  const closed = end > start && text.endsWith(type === "SingleQuoted" || type === "AnsiCQuoted" ? "'" : '"');
  return { start, end: closed ? end - 1 : end };
}

export function segmentsOf(node: WordNode, quotes: Quotes, context: Context): Segment[] {
  if (!node.parts) return literalSegments(node.pos, node.end, quotes, context);
  return node.parts.flatMap((part) => partSegments(part, quotes, context));
}

function partSegments(part: WordPart, quotes: Quotes, context: Context): Segment[] {
  const { script } = context;
  switch (part.type) {
    case "Literal":
      return literalSegments(part.pos, part.end, quotes, context);
    case "Glob":
    case "ExtendedGlob":
    case "BraceExpansion":
      if (/[$`]/.test(part.text)) return [unknownSegment(part, quotes, context)];
      return literalSegments(part.pos, part.end, quotes, context);
    case "SingleQuoted":
    case "AnsiCQuoted":
      return verbatimSegments(part, script);
    case "DoubleQuoted":
    case "LocaleString": {
      const { start, end } = insideQuotes(part);
      if (start === end) return emptySegments(script, start);
      return part.parts.flatMap((child) => partSegments(child, inDoubleQuotes, context));
    }
    case "SimpleExpansion":
    case "ParameterExpansion":
      return parameterSegments(part, quotes, context, (operand, inside) => segmentsOf(operand, inside, context));
    default:
      return [unknownSegment(part, quotes, context)];
  }
}

function literalSegments(start: number, end: number, quotes: Quotes, { script }: Context): Segment[] {
  return literalPieces(script, start, end, quotes.quoted ? "double" : "bare").map((piece) => ({ piece, ...quotes }));
}

/** `'…'` and `$'…'`; the latter stands for its value as a whole where it has escapes. */
function verbatimSegments(part: WordPart & { readonly value: string }, script: Mapped): Segment[] {
  const { start, end } = insideQuotes(part);
  if (start === end) return emptySegments(script, start);
  const at = script.place(start, end);
  const escaped = part.type === "AnsiCQuoted" && part.text.includes("\\");
  const pieces = escaped ? [{ text: part.value, ...(at && { at }) }] : writtenPieces(script, start, end);
  return pieces.map((piece) => ({ piece, ...inDoubleQuotes }));
}

/** `''` is a word all the same. */
function emptySegments(script: Mapped, offset: number): Segment[] {
  const at = script.place(offset, offset);
  return [{ piece: { text: "", ...(at && { at }) }, ...inDoubleQuotes }];
}
