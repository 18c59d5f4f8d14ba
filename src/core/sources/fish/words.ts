import { type Cursor, type Node, nested, type Part, peek, take, type WordNode } from "../dialect/nodes.ts";
import { characterOf, controlCharacters } from "../escapes.ts";

/** Reads the statements of a substitution, up to its `)`. */
export type ReadInner = (cursor: Cursor) => Node[];

/**
 * A word of a fish script.
 *
 * Source: fishshell.com/docs/current/language.html, "Quotes", "Escaping characters", "Parameter expansion".
 */
export function readWord(cursor: Cursor, inner: Node[], statements: ReadInner): WordNode {
  const start = cursor.at;
  const parts: Part[] = [];
  for (;;) {
    const before = cursor.at;
    parts.push(...readPart(cursor, inner, statements));
    if (cursor.at === before || cursor.at >= cursor.text.length) break;
  }
  const end = cursor.at;
  return { start, end, parts, inside: insideQuotes(cursor.text, start, end, parts) };
}

/** `&` inside of a word is text unless something ends behind it. */
const plain = /(?:[^\s\\'"$;|<>()&{]|\{(?!\$\w+\})|&(?![\s;|<>&)]|$)|\$(?![\w$(]))+/y;

function readPart(cursor: Cursor, inner: Node[], statements: ReadInner): Part[] {
  const start = cursor.at;
  const character = cursor.text[start];
  if (character === "'") return readSingle(cursor);
  if (character === '"') return readDouble(cursor, inner, statements);
  if (character === "\\") return readEscape(cursor);
  if (character === "(" || character === "$" || character === "{") {
    const expansion = readExpansion(cursor, false, inner, statements);
    if (expansion) return [expansion];
  }
  // What begins nothing, such as a dollar before a dollar, stands for itself.
  if (!take(cursor, plain)) {
    if (!startsWord(cursor)) return [];
    cursor.at++;
  }
  return [{ type: "text", start, end: cursor.at, quoted: false }];
}

/** `$NAME`, `$NAME[1]`, `$(…)` and `(…)`. */
function readExpansion(cursor: Cursor, quoted: boolean, inner: Node[], statements: ReadInner): Part | undefined {
  const start = cursor.at;
  // Braces around nothing but a variable say where its name ends.
  const braced = quoted ? undefined : take(cursor, /\{\$([A-Za-z_]\w*)\}/y)?.[1];
  if (braced !== undefined) return { type: "variable", name: braced, start, end: cursor.at, quoted };
  if (take(cursor, /\$?\(/y)) {
    inner.push(...nested(cursor, [], () => statements(cursor)));
    take(cursor, /\)/y);
    skipIndex(cursor);
    return { type: "unknown", start, end: cursor.at, quoted };
  }
  const name = take(cursor, /\$([A-Za-z_]\w*)/y)?.[1];
  if (name === undefined) {
    if (!take(cursor, /\${1,8}\w+/y)) return undefined;
    skipIndex(cursor);
    return { type: "unknown", start, end: cursor.at, quoted };
  }
  const index = take(cursor, /\[(-?[1-9]\d{0,5})\]/y)?.[1];
  if (skipIndex(cursor)) return { type: "unknown", start, end: cursor.at, quoted };
  const variable = name === "argv" ? "@" : name;
  const part = { type: "variable", name: variable, start, end: cursor.at, quoted } as const;
  return index === undefined ? part : { ...part, index: Number(index) };
}

function skipIndex(cursor: Cursor): boolean {
  return take(cursor, /(?:\[[^\]\n;|]*\])+/y) !== undefined;
}

function readSingle(cursor: Cursor): Part[] {
  const start = cursor.at++;
  const parts: Part[] = [];
  for (;;) {
    const from = cursor.at;
    if (take(cursor, /(?:[^'\\]|\\(?![\\']))+/y))
      parts.push({ type: "text", start: from, end: cursor.at, quoted: true });
    const escaped = take(cursor, /\\([\\'])/y)?.[1];
    if (escaped === undefined) break;
    parts.push({ type: "text", start: cursor.at - 2, end: cursor.at, text: escaped, quoted: true });
  }
  take(cursor, /'/y);
  return parts.length > 0 ? parts : [emptyAt(start + 1)];
}

function readDouble(cursor: Cursor, inner: Node[], statements: ReadInner): Part[] {
  const start = cursor.at++;
  const parts: Part[] = [];
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== '"') {
    const from = cursor.at;
    if (take(cursor, /(?:[^"\\$]|\\(?![\\"$]|\r?\n)|\$(?![\w$(]))+/y)) {
      parts.push({ type: "text", start: from, end: cursor.at, quoted: true });
      continue;
    }
    const escaped = take(cursor, /\\([\\"$]|\r?\n)/y)?.[1];
    if (escaped !== undefined) {
      const text = escaped.endsWith("\n") ? "" : escaped;
      parts.push({ type: "text", start: from, end: cursor.at, text, quoted: true });
      continue;
    }
    const expansion = readExpansion(cursor, true, inner, statements);
    if (!expansion) break;
    parts.push(expansion);
  }
  take(cursor, /"/y);
  return parts.length > 0 ? parts : [emptyAt(start + 1)];
}

function emptyAt(offset: number): Part {
  return { type: "text", start: offset, end: offset, text: "", quoted: true };
}

const controls: Readonly<Record<string, string>> = { ...controlCharacters, e: "\x1b" };

const escaped =
  /\\(?:([xX])([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([A-Za-z])|(\r?\n)|([\s\S]))?/uy;

/** A backslash and what it stands for; before a line end it stands for nothing. */
function readEscape(cursor: Cursor): Part[] {
  const start = cursor.at;
  const [, , byte, short, long, octal, control, line, other] = take(cursor, escaped) ?? [];
  const at = { type: "text", start, end: cursor.at, quoted: true } as const;
  if (line !== undefined) return [{ ...at, text: "", quoted: false }];
  const hex = byte ?? short ?? long;
  if (hex !== undefined) return [{ ...at, text: characterOf(hex) }];
  if (octal !== undefined) return [{ ...at, text: String.fromCharCode(Number.parseInt(octal, 8)) }];
  if (control !== undefined) return [{ ...at, text: String.fromCharCode(control.toUpperCase().charCodeAt(0) - 64) }];
  return [{ ...at, text: other === undefined ? "" : (controls[other] ?? other) }];
}

/** The range of a word without the quotes around all of it. */
function insideQuotes(
  text: string,
  start: number,
  end: number,
  parts: readonly Part[],
): { start: number; end: number } {
  const quote = text[start];
  const [first] = parts;
  const last = parts.at(-1);
  const isQuoted =
    (quote === "'" || quote === '"') && first?.start === start + 1 && parts.every(({ quoted }) => quoted);
  const touches = parts.every((part, index) => index === 0 || part.start === parts[index - 1]?.end);
  if (!isQuoted || !touches || !last) return { start, end };
  // The closing quote may be missing while someone types.
  if (last.end === end) return { start: start + 1, end };
  return last.end === end - 1 && text[end - 1] === quote ? { start: start + 1, end: end - 1 } : { start, end };
}

/** Whether a word begins here. */
export function startsWord(cursor: Cursor): boolean {
  return cursor.at < cursor.text.length && peek(cursor, /[\s;|<>)]|&(?=[\s;|<>&)]|$)/y) === undefined;
}
