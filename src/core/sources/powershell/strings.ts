import {
  type CommandNode,
  type Cursor,
  type Node,
  nested,
  type Part,
  peek,
  type Range,
  take,
  type WordNode,
} from "../dialect/nodes.ts";
import { characterOf, controlCharacters } from "../escapes.ts";
import { variableName } from "./names.ts";

/** The rest of a text that is read: where to put the commands in it, and what reads them. */
export type Inner = {
  readonly nodes: Node[];
  /** Reads statements up to what closes them. */
  readonly statements: (cursor: Cursor) => Node[];
  /** Reads one statement. */
  readonly statement: (cursor: Cursor, nodes: Node[], joined: CommandNode["joined"]) => void;
};

/** The same for commands that are kept elsewhere. */
export function into(nodes: Node[], inner: Inner): Inner {
  return { ...inner, nodes };
}

/**
 * A string in quotes or a here-string; `undefined` where none begins. Typographic quotes mean the same as plain ones.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules.
 */
export function readString(cursor: Cursor, inner: Inner): WordNode | undefined {
  const start = cursor.at;
  const here = take(cursor, /@(['‘’‚‛]|["“”„])[ \t]*\r?\n/y)?.[1];
  if (here !== undefined) return readHereString(cursor, start, isSingle(here), inner);
  const quote = take(cursor, /['‘’‚‛"“”„]/y)?.[0];
  if (quote === undefined) return undefined;
  const from = cursor.at;
  const parts = isSingle(quote) ? readSingle(cursor) : readExpandable(cursor, '"“”„', cursor.text.length, inner);
  const inside = { start: from, end: cursor.at };
  take(cursor, isSingle(quote) ? /['‘’‚‛]/y : /["“”„]/y);
  return { start, end: cursor.at, parts: filled(parts, from), inside };
}

function isSingle(quote: string): boolean {
  return "'‘’‚‛".includes(quote);
}

/** An empty string stands somewhere as well. */
function filled(parts: readonly Part[], at: number): readonly Part[] {
  return parts.length > 0 ? parts : [{ type: "text", start: at, end: at, text: "", quoted: true }];
}

function readSingle(cursor: Cursor): Part[] {
  const parts: Part[] = [];
  for (;;) {
    const start = cursor.at;
    if (take(cursor, /[^'‘’‚‛]+/y)) parts.push({ type: "text", start, end: cursor.at, quoted: true });
    const doubled = take(cursor, /(['‘’‚‛])['‘’‚‛]/y)?.[1];
    if (doubled === undefined) return parts;
    parts.push({ type: "text", start: cursor.at - 2, end: cursor.at, text: doubled, quoted: true });
  }
}

/** The body of a here-string ends before the line that its closing quote begins; quotes in it are text. */
function readHereString(cursor: Cursor, start: number, isLiteral: boolean, inner: Inner): WordNode {
  const { text } = cursor;
  const from = cursor.at;
  const closing = isLiteral ? /\r?\n['‘’‚‛]@/g : /\r?\n["“”„]@/g;
  // An empty body ends with the line end that begins it.
  closing.lastIndex = text[from - 2] === "\r" ? from - 2 : from - 1;
  const close = closing.exec(text);
  const end = Math.max(from, close?.index ?? text.length);
  const parts: Part[] = isLiteral ? [] : readExpandable(cursor, "", end, inner);
  if (isLiteral && from < end) parts.push({ type: "text", start: from, end, quoted: true });
  cursor.at = Math.max(cursor.at, close ? close.index + close[0].length : text.length);
  return { start, end: cursor.at, parts: filled(parts, from), inside: { start: from, end } };
}

/** Text with variables, up to one of the quotes or an end. */
function readExpandable(cursor: Cursor, quotes: string, end: number, inner: Inner): Part[] {
  const parts: Part[] = [];
  while (cursor.at < end) {
    const start = cursor.at;
    const character = cursor.text[start] ?? "";
    if (quotes.includes(character) && quotes !== "") {
      if (!quotes.includes(cursor.text[start + 1] ?? " ")) break;
      cursor.at += 2;
      parts.push({ type: "text", start, end: cursor.at, text: character, quoted: true });
    } else parts.push(readEscape(cursor) ?? readExpansion(cursor, true, inner) ?? readPlain(cursor, end));
  }
  return parts;
}

function readPlain(cursor: Cursor, most: number): Part {
  const start = cursor.at;
  // What begins nothing, such as a dollar before a blank, stands for itself.
  cursor.at++;
  take(cursor, /[^`$"“”„]+/y);
  cursor.at = Math.min(cursor.at, most);
  return { type: "text", start, end: cursor.at, quoted: true };
}

const controls: Readonly<Record<string, string>> = { ...controlCharacters, "0": "\0", e: "\x1b" };

/**
 * A backtick and what it stands for.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters.
 */
export function readEscape(cursor: Cursor): Part | undefined {
  const start = cursor.at;
  const match = take(cursor, /`(?:u\{([0-9A-Fa-f]{1,6})\}|([\s\S]))?/uy);
  if (!match) return undefined;
  const [, code, other = ""] = match;
  const text = code === undefined ? (controls[other] ?? other) : characterOf(code);
  return { type: "text", start, end: cursor.at, text, quoted: true };
}

/** `$name`, `${name}`, `$env:NAME` or `$(…)`. */
export function readExpansion(cursor: Cursor, quoted: boolean, inner: Inner): Part | undefined {
  const start = cursor.at;
  if (take(cursor, /\$\(/y)) {
    inner.nodes.push(...nested(cursor, [], () => inner.statements(cursor)));
    take(cursor, /\)/y);
    return { type: "unknown", start, end: cursor.at, quoted };
  }
  const [, braced, simple] = take(cursor, /\$(?:\{([^{}\n]*)\}|((?:[\p{L}\p{N}_?]|:(?!:))+)|[$^])/uy) ?? [];
  if (start === cursor.at) return undefined;
  const name = variableName(braced ?? simple ?? "");
  const at: Range = { start, end: cursor.at };
  return name === undefined ? { type: "unknown", ...at, quoted } : { type: "variable", name, ...at, quoted };
}

/** `.Name`, `.Method(…)`, `[0]` behind a value: `undefined` for none, an index, or something that nobody knows. */
export function readMember(cursor: Cursor, inner: Inner): number | "unknown" | undefined {
  const index = take(cursor, /\[[ \t]*(-?\d{1,6})[ \t]*\](?![.[])/y)?.[1];
  if (index !== undefined) return Number(index);
  let found = false;
  for (;;) {
    if (take(cursor, /(?:\.|::)[\p{L}_]\w*/uy)) found = true;
    else if (found && peek(cursor, /\(/y)) skipGroup(cursor, inner);
    else if (take(cursor, /\[[^[\]\n;|]*\]/y)) found = true;
    else return found ? "unknown" : undefined;
  }
}

function skipGroup(cursor: Cursor, inner: Inner): void {
  cursor.at++;
  inner.nodes.push(...nested(cursor, [], () => inner.statements(cursor)));
  take(cursor, /\)/y);
}
