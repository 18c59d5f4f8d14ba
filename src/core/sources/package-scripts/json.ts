import type { Piece } from "../../word.ts";
import type { SourceFile } from "../source.ts";

/** A value two levels down, such as a script: `{"scripts": {"serve": "jupyter lab"}}`. Offsets with the quotes. */
export type Entry = { readonly start: number; readonly end: number };

/**
 * The strings and numbers of an object's objects, by the names of both; of two with the same name the last, as
 * JSON.parse has it. Nesting costs nothing, and what is not JSON yields what stands before it.
 */
export function entriesOf(text: string): Map<string, Map<string, Entry>> {
  const result = new Map<string, Map<string, Entry>>();
  const keys: (string | undefined)[] = [];
  let depth = 0;
  let before = "";
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ",") keys.length = Math.min(keys.length, Math.max(depth - 1, 0));
    else if (token !== ":" && (depth === 1 || depth === 2)) {
      const isValue = before === ":";
      if (!isValue) keys[depth - 1] = unquoted(token);
      else if (depth === 2) add(keys[0], keys[1], { start: index, end: index + token.length });
    }
    before = token;
  }

  function add(outer: string | undefined, inner: string | undefined, entry: Entry): void {
    if (outer === undefined || inner === undefined) return;
    result.set(outer, (result.get(outer) ?? new Map<string, Entry>()).set(inner, entry));
  }

  return result;
}

const tokens = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;
const escapes = /\\(?:u([\da-fA-F]{4})|(.))/g;

function unquoted(token: string): string {
  return token
    .replace(/^"|"$/g, "")
    .replace(escapes, (_, code: string | undefined, letter: string) => meaning(code, letter));
}

/** A string's characters, each where it stands; an escape stands for its character. */
export function stringPieces({ path, text }: SourceFile, { start, end }: Entry): Piece[] {
  const isString = text[start] === '"';
  const from = isString ? start + 1 : start;
  const inner = text.slice(from, isString ? end - 1 : end);
  const pieces: Piece[] = [];
  let at = 0;
  const push = (meant: string, to: number) => {
    if (at < to) pieces.push({ text: meant, at: { path, start: from + at, end: from + to } });
    at = to;
  };
  for (const { 0: source, 1: code, 2: letter = "", index } of inner.matchAll(escapes)) {
    push(inner.slice(at, index), index);
    push(meaning(code, letter), index + source.length);
  }
  push(inner.slice(at), inner.length);
  return pieces;
}

function meaning(code: string | undefined, letter: string): string {
  return code === undefined ? (controls[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
}

const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
