import { CST, type Scalar } from "yaml";
import { type Known, type Piece, UNKNOWN } from "../../word.ts";
import { characterOf, controlCharacters } from "../escapes.ts";
import type { SourceFile } from "../source.ts";

export type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/**
 * The value of a scalar as pieces that know where they are written. What the file says in another way (an escape, a
 * folded line, the indentation of a block) is one piece for its whole place, and the pieces leave no gap, so that any
 * part of the value can be replaced. `text` is the text that was parsed: the file's or a same-length mask of it.
 */
export function scalarPieces(token: ScalarToken, file: SourceFile, text = file.text): Piece[] {
  const pieces = locatedPieces(token, file.path, text);
  return text === file.text ? pieces : pieces.flatMap((piece) => cutTemplates(piece, file));
}

/** The value of a scalar. */
export function scalarText(token: ScalarToken): string {
  const body = simpleBody(token);
  return body ? token.source.slice(body.from, body.to) : resolved(token).value;
}

function locatedPieces(token: ScalarToken, path: string, text: string): Located[] {
  const simple = simpleBody(token);
  if (simple) {
    const at = { path, start: token.offset + simple.from, end: token.offset + simple.to };
    return at.start < at.end ? [{ text: token.source.slice(simple.from, simple.to), at }] : [];
  }
  const { value, type, range } = resolved(token);
  const [start, end] = range;
  if (value === "") return [];
  const pieces = readers[type ?? "PLAIN"]({ text, path, start, end, value });
  // A broken file may be read in a way of the parser's own; then the value as a whole stands for the whole scalar.
  const same = pieces.map((piece) => piece.text).join("") === value;
  return same ? pieces : [{ text: value, at: { path, start, end } }];
}

/** Most scalars stand there just as they are: the part of the source between the quotes. */
function simpleBody({ type, source }: ScalarToken): { readonly from: number; readonly to: number } | undefined {
  if (type === "block-scalar" || source.includes("\n")) return undefined;
  const body = { from: 1, to: source.length - 1 };
  if (type === "single-quoted-scalar") return /^'[^']*'$/.test(source) ? body : undefined;
  if (type === "double-quoted-scalar") return /^"[^"\\]*"$/.test(source) ? body : undefined;
  return { from: 0, to: source.length };
}

function resolved(token: ScalarToken) {
  // Only the value is wanted; what is wrong with it is no concern of ours.
  return CST.resolveAsScalar(token, false, () => undefined);
}

type Body = {
  readonly text: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly value: string;
};
type Located = Known & { readonly at: NonNullable<Known["at"]> };

const readers: Readonly<Record<Scalar.Type, (body: Body) => Located[]>> = {
  PLAIN: (body) => readFlow(body, /(?<![ \t])[ \t]*\r?\n[ \t\r\n]*/g),
  QUOTE_SINGLE: (body) => readFlow(inQuotes(body), /(?<![ \t])[ \t]*\r?\n[ \t\r\n]*|''/g),
  QUOTE_DOUBLE: (body) =>
    readFlow(
      inQuotes(body),
      /(?<![ \t])[ \t]*\r?\n[ \t\r\n]*|\\(?:\r?\n[ \t]*|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|.)/gis,
    ),
  BLOCK_LITERAL: readBlock,
  BLOCK_FOLDED: readBlock,
};

/** The text between the quotes; while someone types the closing one may be missing. */
function inQuotes(body: Body): Body {
  const closed = body.end - body.start > 1 && body.text[body.end - 1] === body.text[body.start];
  return { ...body, start: body.start + 1, end: closed ? body.end - 1 : body.end };
}

/** A scalar that may be folded; `special` finds what does not mean itself: line breaks with the space around, escapes. */
function readFlow({ text, path, start, end }: Body, special: RegExp): Located[] {
  const pieces: Located[] = [];
  const push = (meaning: string, from: number, to: number) => {
    if (meaning !== "") pieces.push({ text: meaning, at: { path, start: from, end: to } });
  };
  // A line break that is escaped means nothing. So that no gap is left, the character behind it stands for both.
  let joint: number | undefined;
  let from = start;
  const readTo = (to: number) => {
    if (joint !== undefined && from < to) {
      push(text.charAt(from), joint, from + 1);
      from += 1;
      joint = undefined;
    }
    push(text.slice(from, to), from, to);
  };
  for (const { 0: source, index } of text.slice(start, end).matchAll(special)) {
    const meaning = source.startsWith("\\") ? escaped(source.slice(1)) : folded(source);
    readTo(start + index);
    from = start + index + source.length;
    push(meaning, joint ?? start + index, from);
    joint = meaning === "" ? (joint ?? start + index) : undefined;
  }
  readTo(end);
  return pieces;
}

function folded(source: string): string {
  if (source === "''") return "'";
  const breaks = source.split("\n").length - 1;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

const escapes: Readonly<Record<string, string>> = {
  0: "\0",
  ...controlCharacters,
  e: "\x1b",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};

function escaped(code: string): string {
  if (/^\r?\n/.test(code)) return "";
  if (/^[xuU]./.test(code)) return characterOf(code.slice(1));
  return escapes[code] ?? code;
}

/**
 * A block scalar. Each line of the file, without the block's indentation, stands in the value in the same order; what
 * is between two of them in the value is what the line breaks between them mean.
 */
function readBlock({ text, path, start, end, value }: Body): Located[] {
  const pieces: Located[] = [];
  const firstLine = text.indexOf("\n", start) + 1;
  if (firstLine === 0) return pieces;
  const indentation = indentationOf(text.slice(firstLine, end), value);
  let from = firstLine;
  let offset = 0;
  for (const line of contentLines(text, firstLine, end, indentation)) {
    const gap = pieces.length > 0 && value[offset] === " " ? " " : breaksAt(value, offset);
    if (gap) pieces.push({ text: gap, at: { path, start: from, end: line.start } });
    const content = text.slice(line.start, line.end);
    pieces.push({ text: content, at: { path, start: line.start, end: line.end } });
    offset += gap.length + content.length;
    from = line.end;
  }
  const rest = value.slice(offset);
  if (rest) pieces.push({ text: rest, at: { path, start: from, end } });
  return pieces;
}

function breaksAt(value: string, offset: number): string {
  const breaks = /\n*/y;
  breaks.lastIndex = offset;
  return breaks.exec(value)?.[0] ?? "";
}

/** How far the block is indented: its first line has that much more space than the value's first line. */
function indentationOf(source: string, value: string): number {
  const [, written = ""] = /^(?:[ \t]*\r?\n)*( *)/.exec(source) ?? [];
  const [, kept = ""] = /^\n*( *)/.exec(value) ?? [];
  return written.length - kept.length;
}

function* contentLines(text: string, start: number, end: number, indentation: number) {
  for (let at = start; at < end; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = text.slice(at, next).replace(/\r?\n$/, "");
    if (line.length > indentation) yield { start: at + indentation, end: at + line.length };
    at = next;
  }
}

/** Templates were masked; each is a part that is not known. */
function cutTemplates(piece: Located, file: SourceFile): Piece[] {
  if (!piece.text.includes(UNKNOWN)) return [piece];
  const { path, start } = piece.at;
  const verbatim = piece.at.end - start === piece.text.length;
  return [...piece.text.matchAll(/\uE000+|[^\uE000]+/g)].map(({ 0: text, index }) => {
    const at = verbatim ? { path, start: start + index, end: start + index + text.length } : piece.at;
    return text.startsWith(UNKNOWN) ? { unknown: file.text.slice(at.start, at.end), at } : { text, at };
  });
}
