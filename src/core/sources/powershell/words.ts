import { type Cursor, type Part, peek, take, type WordNode } from "../dialect/nodes.ts";
import { readGroup, readScriptBlock, withMembers } from "./expression.ts";
import { variableName } from "./names.ts";
import { type Inner, readEscape, readExpansion, readString } from "./strings.ts";

/** Whether an argument begins here. */
export function startsWord(cursor: Cursor): boolean {
  return cursor.at < cursor.text.length && peek(cursor, /[\s&)};|]/y) === undefined;
}

/**
 * The words of one argument; a list in parentheses is several. A program gets `a,b` as it is written; `lists` is for the
 * commands of PowerShell itself, where the comma makes two elements.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing, "Argument mode" and
 * "Passing arguments to native commands"; about_splatting; how a token ends: ScanGenericToken and ScanParameter in
 * github.com/PowerShell/PowerShell, src/System.Management.Automation/engine/parser/tokenizer.cs.
 */
export function readArgument(cursor: Cursor, inner: Inner, lists: boolean): readonly WordNode[] {
  const start = cursor.at;
  if (peek(cursor, /@?\(/y)) return readGroup(cursor, inner);
  if (peek(cursor, /@?\{/y)) return [readScriptBlock(cursor, inner)];
  const string = readString(cursor, inner);
  if (string) return [withMembers(string, cursor, inner)];
  const splat = take(cursor, /@((?:[\p{L}\p{N}_?]|:(?!:))+)(?=[\s&(),;{}|]|$)/uy)?.[1];
  if (splat !== undefined) return [wordOf([ofName(variableName(splat), start, cursor.at)], start, cursor.at)];
  const variable = readExpansion(cursor, false, inner);
  if (!variable) return [readGeneric(cursor, inner, lists, start, [])];
  // What follows a variable at once is a part of its argument, but for its members.
  const endsHere = lists ? /[\s&(){};|.[=,]|$/y : /[\s&(){};|.[=]|$/y;
  if (!peek(cursor, endsHere)) return [readGeneric(cursor, inner, lists, start, [{ ...variable, quoted: true }])];
  return [withMembers(wordOf([variable], start, cursor.at), cursor, inner)];
}

function ofName(name: string | undefined, start: number, end: number): Part {
  const at = { start, end, quoted: false };
  return name === undefined ? { type: "unknown", ...at } : { type: "variable", name, ...at };
}

function wordOf(parts: readonly Part[], start: number, end: number): WordNode {
  return { start, end, parts, inside: { start, end } };
}

/** Text that is expanded as in double quotes, up to a blank or a character that begins something else. */
function readGeneric(cursor: Cursor, inner: Inner, lists: boolean, start: number, first: readonly Part[]): WordNode {
  const parts = [...first];
  const dash = first.length === 0 ? readParameter(cursor) : undefined;
  if (dash) parts.push(dash);
  // A parameter ends before a dot, whatever program it is for.
  if (dash && peek(cursor, /[.[]/y)) return wordOf(parts, start, cursor.at);
  const plain = lists ? /[^\s&(){};|`$'‘’‚‛"“”„,]+/y : /[^\s&(){};|`$'‘’‚‛"“”„]+/y;
  for (;;) {
    const from = cursor.at;
    if (take(cursor, plain)) parts.push({ type: "text", start: from, end: cursor.at, quoted: false });
    else if (peek(cursor, /['‘’‚‛"“”„]/y)) parts.push(...(readString(cursor, inner)?.parts ?? []));
    else {
      const part = readEscape(cursor) ?? readExpansion(cursor, true, inner);
      if (part) parts.push(part);
      else if (take(cursor, /\$/y)) parts.push({ type: "text", start: from, end: cursor.at, quoted: false });
      else return wordOf(parts, start, cursor.at);
    }
  }
}

/** `-name`: nothing in it is expanded, and what a colon ties to it is read as any argument. */
function readParameter(cursor: Cursor): Part | undefined {
  const start = cursor.at;
  if (!take(cursor, /-[\p{L}_?](?:[^\s{}();,|&.[:'‘’‚‛"“”„]*)/uy)) return undefined;
  return { type: "text", start, end: cursor.at, quoted: false };
}

/**
 * The words behind `--%`: nothing but `%NAME%` and quotes mean anything up to the end of the line or a `|`.
 *
 * Source: about_parsing, "The stop-parsing token".
 */
export function readVerbatim(cursor: Cursor): WordNode[] {
  const words: WordNode[] = [];
  for (;;) {
    take(cursor, /[ \t]+/y);
    const start = cursor.at;
    const parts: Part[] = [];
    for (let part = verbatimPart(cursor); part; part = verbatimPart(cursor)) parts.push(part);
    if (parts.length === 0) return words;
    words.push(wordOf(parts, start, cursor.at));
  }
}

function verbatimPart(cursor: Cursor): Part | undefined {
  const start = cursor.at;
  const name = take(cursor, /%(\w+)%/y)?.[1];
  if (name !== undefined) return { type: "variable", name: name.toUpperCase(), start, end: cursor.at, quoted: true };
  if (take(cursor, /(?:[^\s"|&%]|%(?!\w+%)|&(?!&))+/y)) return { type: "text", start, end: cursor.at, quoted: false };
  const quotedText = take(cursor, /"([^"\n]*)"?/y);
  if (!quotedText) return undefined;
  const [whole, text = ""] = quotedText;
  return {
    type: "text",
    start: start + 1,
    end: start + 1 + text.length,
    quoted: true,
    ...(whole === text && { text }),
  };
}
