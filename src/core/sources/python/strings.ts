import type { Known, Piece } from "../../word.ts";
import { characterOf, controlCharacters } from "../escapes.ts";
import type { SourceFile } from "../source.ts";
import type { Node } from "./tree.ts";

/** Where a string's characters stand: between its quotes. */
export type Inside = { readonly start: number; readonly end: number };

/** The prefix of a string, its quote, and what is between the quotes; the closing one may not be written yet. */
export function stringParts(
  text: string,
  { from, to }: Node,
): Inside & { readonly prefix: string; readonly quote: string } {
  const [head = "", prefix = "", quote = ""] = /^([A-Za-z]*)("""|'''|"|')/.exec(text.slice(from, from + 8)) ?? [];
  const start = Math.min(from + head.length, to);
  const isClosed = quote !== "" && to - quote.length >= start && text.startsWith(quote, to - quote.length);
  return { prefix: prefix.toLowerCase(), quote, start, end: isClosed ? to - quote.length : to };
}

/**
 * The pieces of one string literal: an escape stands for its character, a line that a backslash continues for nothing.
 * `replacement` reads what stands in the braces of an f-string.
 * Source: docs.python.org/3/reference/lexical_analysis.html, 2.4 (String and Bytes literals).
 */
export function stringPieces(
  { path, text }: SourceFile,
  node: Node,
  replacement: (node: Node) => readonly Piece[],
): Piece[] {
  const { prefix, start, end } = stringParts(text, node);
  const special = specials(prefix);
  const pieces: Piece[] = [];
  const literal = (from: number, to: number) => {
    let at = from;
    const push = (meant: string, next: number) => {
      if (at < next && meant !== "") pieces.push({ text: meant, at: { path, start: at, end: next } });
      at = next;
    };
    for (const { 0: source, index } of special ? text.slice(from, to).matchAll(special) : []) {
      push(text.slice(at, from + index), from + index);
      push(meaning(source), from + index + source.length);
    }
    push(text.slice(at, to), to);
  };
  let from = start;
  for (const part of node.children.filter(({ name }) => name === "FormatReplacement")) {
    literal(from, part.from);
    pieces.push(...replacement(part));
    from = part.to;
  }
  literal(Math.min(from, end), end);
  return pieces;
}

/** A string without anything in it, where it stands. */
export function emptyPiece({ path, text }: SourceFile, node: Node): Known {
  const { start } = stringParts(text, node);
  return { text: "", at: { path, start, end: start } };
}

function specials(prefix: string): RegExp | undefined {
  const braces = /[ft]/.test(prefix);
  if (prefix.includes("r")) return braces ? /\{\{|\}\}/g : undefined;
  return braces ? new RegExp(`${escapes.source}|\\{\\{|\\}\\}`, "g") : escapes;
}

/** A line end that means nothing goes with the character behind it, so that no gap is left. */
const escapes =
  /(?:\\\r?\n)+[^\\{}\ud800-\udfff]?|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g;

function meaning(source: string): string {
  if (!source.startsWith("\\")) return source.charAt(0);
  const joint = /^(?:\\\r?\n)+/.exec(source);
  if (joint) return source.slice(joint[0].length);
  const code = source.slice(1);
  if (/^[xuU]./.test(code)) return characterOf(code.slice(1));
  if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
  // What is no escape keeps its backslash.
  return controls[code] ?? source;
}

const controls: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  ...controlCharacters,
};
