import { type Cursor, nested, type Part, peek, take, type WordNode } from "../dialect/nodes.ts";
import { type Inner, readExpansion, readMember, readString } from "./strings.ts";

/** What may stand between the tokens of an expression on one line. */
export const blanks = /(?:[^\S\r\n]|\r(?=\n)|`\r?\n|`[ \t]+|<#[\s\S]*?(?:#>|$))+/y;
/** The same with line ends and the comments before them. */
export const gaps = /(?:\s|`\r?\n|`[ \t]+|#[^\n]*|<#[\s\S]*?(?:#>|$))+/y;

/** Where an expression ends; a comma ends one of its elements. */
const terminator = /[\r\n;)}\]|&#]|$/y;

/**
 * Whether a statement that begins here is an expression and no command.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing, "Expression mode".
 */
export function startsExpression(cursor: Cursor): boolean {
  return (
    peek(cursor, /['‘’‚‛"“”„$([{!+-]|@['‘’‚‛"“”„({]|,|\d[\d.]*(?:[kmgtp]b)?(?=[\s;),}\]|&+*/%-]|$)/iy) !== undefined
  );
}

/**
 * The elements of a value: one for `'a'`, several for `'a','b'` and `@('a','b')`. What has to be worked out, such as a
 * sum, is one that nobody knows.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_arrays.
 */
export function readValue(cursor: Cursor, inner: Inner): readonly WordNode[] {
  const start = cursor.at;
  const words: WordNode[] = [];
  for (;;) {
    words.push(...readOperand(cursor, inner));
    const end = cursor.at;
    take(cursor, blanks);
    if (take(cursor, /,/y)) take(cursor, gaps);
    else if (peek(cursor, terminator)) {
      cursor.at = end;
      return words;
    } else {
      skipExpression(cursor, inner);
      return [unknownWord(start, cursor.at)];
    }
  }
}

function readOperand(cursor: Cursor, inner: Inner): readonly WordNode[] {
  const start = cursor.at;
  if (peek(cursor, /@?\(/y)) return readGroup(cursor, inner);
  if (peek(cursor, /@?\{/y)) return [readScriptBlock(cursor, inner)];
  const string = readString(cursor, inner);
  if (string) return [withMembers(string, cursor, inner)];
  const variable = readExpansion(cursor, false, inner);
  if (variable) return [withMembers(wordOf(variable), cursor, inner)];
  if (!take(cursor, /\d[\d.]*/y)) return [];
  return [wordOf({ type: "text", start, end: cursor.at, quoted: false })];
}

/** An operand with what stands behind a dot or in brackets: a member of something, which nobody knows. */
export function withMembers(word: WordNode, cursor: Cursor, inner: Inner): WordNode {
  const member = readMember(cursor, inner);
  const [first] = word.parts;
  if (member === undefined) return word;
  if (member === "unknown" || first?.type !== "variable" || word.parts.length > 1)
    return unknownWord(word.start, cursor.at);
  // Elements are counted from nought here, and from one in the dialects' nodes.
  return wordOf({ ...first, end: cursor.at, index: member < 0 ? member : member + 1 });
}

/** A word of one part. */
export function wordOf(part: Part): WordNode {
  return { start: part.start, end: part.end, parts: [part], inside: { start: part.start, end: part.end } };
}

/** A word that only running it can tell. */
export function unknownWord(start: number, end: number): WordNode {
  return wordOf({ type: "unknown", start, end, quoted: false });
}

/** `(…)` or `@(…)`: its elements, or one that nobody knows where commands are run in it. */
export function readGroup(cursor: Cursor, inner: Inner): readonly WordNode[] {
  const start = cursor.at;
  take(cursor, /@?\(/y);
  const words = nested<readonly WordNode[] | undefined>(cursor, undefined, () => readElements(cursor, inner));
  take(cursor, /\)/y);
  const group = unknownWord(start, cursor.at);
  if (!words) return [group];
  const [only] = words;
  // The members of a group, such as `(…).Count`.
  return readMember(cursor, inner) === undefined ? words : only ? [unknownWord(start, cursor.at)] : words;
}

function readElements(cursor: Cursor, inner: Inner): readonly WordNode[] | undefined {
  const words: WordNode[] = [];
  let isKnown = true;
  for (;;) {
    take(cursor, gaps);
    const before = cursor.at;
    if (isKnown && startsExpression(cursor)) words.push(...readValue(cursor, inner));
    else if (!peek(cursor, /\)|$/y)) {
      inner.nodes.push(...inner.statements(cursor));
      isKnown = false;
    }
    take(cursor, blanks);
    if (take(cursor, /\|/y)) isKnown = false;
    else if (take(cursor, /;/y)) continue;
    if (peek(cursor, /\)|$/y)) return isKnown ? words : undefined;
    // Something that closes nothing here.
    if (cursor.at === before) cursor.at++;
  }
}

/** `{…}`: whoever is given it runs it. A hash table has pairs where it has statements. */
export function readScriptBlock(cursor: Cursor, inner: Inner): WordNode {
  const start = cursor.at;
  const opening = take(cursor, /@?\{/y)?.[0];
  const nodes = nested(cursor, [], () => inner.statements(cursor));
  take(cursor, /\}/y);
  if (opening === "{") inner.nodes.push(...nodes);
  return unknownWord(start, cursor.at);
}

/** Goes behind the rest of an expression, and reads the commands in it. */
export function skipExpression(cursor: Cursor, inner: Inner): void {
  for (;;) {
    if (take(cursor, blanks)) continue;
    if (peek(cursor, terminator)) return;
    if (take(cursor, /\[[^[\]\n]*\]/y)) continue;
    const before = cursor.at;
    readOperand(cursor, inner);
    if (cursor.at > before) continue;
    // An operator, a name or a number.
    if (!take(cursor, /[^\s'‘’‚‛"“”„$@(){}[\];|&`<#]+/y)) cursor.at++;
    // A line may end behind an operator.
    if (/[-+*/%,=]/.test(cursor.text[cursor.at - 1] ?? "")) take(cursor, gaps);
  }
}
