import type { Mapped } from "../../mapped.ts";
import { isKnown, type Word } from "../../word.ts";
import { fieldWords, joinedPieces } from "./fields.ts";
import { literalPieces, writtenPieces } from "./literal.ts";
import { parameterSegments } from "./parameter.ts";
import type { WordNode, WordPart } from "./parse.ts";
import { insideQuotes } from "./quotes.ts";
import { type Context, placeOf, type Quotes, type Segment, segmentOf, unknownSegment } from "./segment.ts";
import { type Removal, wordSlot } from "./slot.ts";

/** The words that one word of the script becomes: none for an empty `$OPTS`, several for a list. */
export function expandWord(node: WordNode, context: Context, remove: Removal): Word[] {
  const { script } = context;
  // Most words are plain text, and need none of the rest.
  if (!node.parts && !script.text.slice(node.pos, node.end).includes("\\")) {
    const pieces = writtenPieces(script, node.pos, node.end);
    const at = (pieces.length === 1 && pieces[0]?.at) || placeOf(context, node.pos, node.end);
    const word = { pieces, at, edit: wordSlot(script, node, pieces, remove) };
    return [pieces.some(isKnown) ? word : { ...word, splits: true }];
  }
  const at = placeOf(context, node.pos, node.end);
  return fieldWords(segmentsOf(node, outside, context), at, (pieces) => wordSlot(script, node, pieces, remove));
}

/** The one word that the right side of an assignment becomes, or the target of a here-string: nothing is split. */
export function expandValue(node: WordNode, context: Context, remove: Removal): Word {
  const at = placeOf(context, node.pos, node.end);
  const pieces = joinedPieces(segmentsOf(node, outside, context));
  const known = pieces.length > 0 ? pieces : [{ text: "", at }];
  return { pieces: known, at, edit: wordSlot(context.script, node, known, remove) };
}

const outside: Quotes = { quoted: false, expanded: false };
const inDoubleQuotes: Quotes = { quoted: true, expanded: false };

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
  return literalPieces(script, start, end, quotes.quoted ? "double" : "bare").map((piece) => segmentOf(piece, quotes));
}

/** `'…'` and `$'…'`; the latter stands for its value as a whole where it has escapes. */
function verbatimSegments(part: WordPart & { readonly value: string }, script: Mapped): Segment[] {
  const { start, end } = insideQuotes(part);
  if (start === end) return emptySegments(script, start);
  const at = script.place(start, end);
  const escaped = part.type === "AnsiCQuoted" && part.text.includes("\\");
  const pieces = escaped ? [{ text: part.value, ...(at && { at }) }] : writtenPieces(script, start, end);
  return pieces.map((piece) => segmentOf(piece, inDoubleQuotes));
}

/** `''` is a word all the same. */
function emptySegments(script: Mapped, offset: number): Segment[] {
  const at = script.place(offset, offset);
  return [segmentOf({ text: "", ...(at && { at }) }, inDoubleQuotes)];
}
