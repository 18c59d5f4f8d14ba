import type { Edit } from "../../text.ts";
import { insertable, isKnown, type Known, type Piece, solid, type Word } from "../../word.ts";
import { type Dockerfile, isContinuation, placeOf, skipBlank } from "./instructions.ts";
import type { Range } from "./mask.ts";

/** A part of a word as it is written: text, or a variable that is put in later. */
export type Part = Known | Substitution;

/** `$NAME`, `${NAME}` or `${NAME:-operand}`. */
export type Substitution = Range & {
  readonly name: string;
  /** `-`, `:-`, `+`, `:+`, `?`, `:?` or none; `other` for what is not worked out, such as `${NAME%.txt}`. */
  readonly operator: string;
  readonly operand: readonly Part[];
};

/** The words between two offsets: split at white space outside quotes. */
export function splitWords(file: Dockerfile, { start, end }: Range): Range[] {
  const words: Range[] = [];
  let at = skipBlank(file.text, start, end);
  while (at < end) {
    const wordEnd = endOfWord(file, at, end);
    words.push({ start: at, end: wordEnd });
    at = skipBlank(file.text, wordEnd, end);
  }
  return words;
}

function endOfWord({ text, escapeCharacter }: Dockerfile, start: number, limit: number): number {
  let quote = "";
  let at = start;
  let wordEnd = start;
  while (at < limit) {
    const char = text[at] ?? "";
    if (isContinuation(text, at)) {
      at += 2;
      continue;
    }
    if (!quote && /\s/.test(char)) break;
    if (char === quote) quote = "";
    else if (char === escapeCharacter && quote !== "'") at += 1;
    else if (!quote && (char === "'" || char === '"')) quote = char;
    at += 1;
    wordEnd = Math.min(at, limit);
  }
  return wordEnd;
}

/**
 * The parts of a word, or of a heredoc's text, in which quotes mean nothing.
 * Source: moby/buildkit frontend/dockerfile/shell/lex.go.
 */
export function readParts(file: Dockerfile, { start, end }: Range, quotes: "quotes" | "no quotes"): Part[] {
  return readUntil({ file, at: start, end, quotes: quotes === "quotes" }, undefined, 0);
}

/**
 * A value as a word. Its text is replaced where it stands: inside its quotes or, for a literal that came through a
 * variable, where the variable is set.
 */
export function valueWord(
  file: Dockerfile,
  range: Range,
  pieces: readonly Piece[],
  remove: () => Edit[] | undefined = () => undefined,
): Word {
  const isFromElsewhere = pieces.some((piece) => isKnown(piece) && piece.via);
  const own = placeOf(file, insideQuotes(file.text, range));
  const place = (isFromElsewhere ? solid(pieces) : undefined) ?? own;
  return {
    pieces,
    at: placeOf(file, range),
    edit: {
      replace: (text) => (insertable(text) ? [{ ...place, text }] : undefined),
      remove,
      after: () => undefined,
    },
  };
}

function insideQuotes(text: string, { start, end }: Range): Range {
  const quote = text[start];
  const inside = { start: start + 1, end: end - 1 };
  const isQuoted = (quote === "'" || quote === '"') && text.indexOf(quote, inside.start) === inside.end;
  return isQuoted ? inside : { start, end };
}

type Cursor = { readonly file: Dockerfile; at: number; readonly end: number; readonly quotes: boolean };

function readUntil(cursor: Cursor, stop: "}" | undefined, depth: number): Part[] {
  const { file, end } = cursor;
  const { text, escapeCharacter } = file;
  const parts: Part[] = [];
  let quote = "";
  let from = cursor.at;
  const flush = () => {
    if (from < cursor.at) parts.push(textPart(file, text.slice(from, cursor.at), from, cursor.at));
  };
  const skip = (length: number) => {
    flush();
    cursor.at = from = Math.min(cursor.at + length, end);
  };
  while (cursor.at < end) {
    const char = text[cursor.at] ?? "";
    if (char === stop && !quote) break;
    if (isContinuation(text, cursor.at) && cursor.quotes) skip(2);
    else if (char === quote) {
      quote = "";
      skip(1);
    } else if (cursor.quotes && !quote && (char === "'" || char === '"')) {
      quote = char;
      skip(1);
    } else if (char === escapeCharacter && isEscaping(cursor, quote)) {
      const at = cursor.at;
      skip(2);
      if (at + 1 < end) parts.push(textPart(file, text[at + 1] ?? "", at, cursor.at));
    } else if (char === "$" && quote !== "'") {
      flush();
      from = cursor.at;
      const substitution = readSubstitution(cursor, depth);
      if (substitution) parts.push(substitution);
      if (substitution) from = cursor.at;
      else cursor.at += 1;
    } else cursor.at += 1;
  }
  flush();
  return parts;
}

function textPart(file: Dockerfile, text: string, start: number, end: number): Known {
  return { text, at: placeOf(file, { start, end }) };
}

/** Whether the escape character takes the next one's meaning off; within double quotes that has to have one. */
function isEscaping({ file, at, end, quotes }: Cursor, quote: string): boolean {
  if (quote === "'") return false;
  const next = file.text[at + 1] ?? "";
  if (!quotes) return at + 1 < end && (next === "$" || next === file.escapeCharacter);
  return quote === "" || next === '"' || next === "$" || next === file.escapeCharacter;
}

// A substitution within a substitution within … of a hostile file would run out of stack.
const maxDepth = 20;

/** Reads what a `$` starts and moves behind it; nothing for a `$` that means itself. */
function readSubstitution(cursor: Cursor, depth: number): Substitution | undefined {
  const { text } = cursor.file;
  const start = cursor.at;
  const pattern = /\$(?:([A-Za-z_]\w*|\d+)|\{([A-Za-z_]\w*|\d+)(:?[-+?])?)/y;
  pattern.lastIndex = start;
  const [head = "", bare, braced = "", operator = ""] = pattern.exec(text) ?? [];
  if (!head) return undefined;
  cursor.at += head.length;
  if (bare !== undefined) return { start, end: cursor.at, name: bare, operator: "", operand: [] };

  const operandStart = cursor.at;
  const operand = depth < maxDepth ? readUntil(cursor, "}", depth + 1) : [];
  const isClosed = text[cursor.at] === "}" && cursor.at < cursor.end;
  const isRead = isClosed && (operator !== "" || cursor.at === operandStart);
  if (isClosed) cursor.at += 1;
  return { start, end: cursor.at, name: braced, operator: isRead ? operator : "other", operand };
}
