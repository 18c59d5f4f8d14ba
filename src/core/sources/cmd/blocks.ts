import { type BlockNode, type Node, nested, peek, take, type WordNode } from "../dialect/nodes.ts";
import { blanks, type Line, type Statements } from "./words.ts";

/** `(…)`: its statements. The only one of a group cannot be left out, because cmd refuses an empty group. */
export function readGroup(cursor: Line, statements: Statements): Node[] {
  cursor.at++;
  cursor.parens++;
  const nodes = nested(cursor, [], () => statements.list(cursor));
  cursor.parens--;
  take(cursor, /\)/y);
  const [only] = nodes;
  return nodes.length === 1 && only?.type === "command" ? [{ ...only, needed: true }] : nodes;
}

/** `if` and `for`, with what they run. */
export function readBlock(cursor: Line, statements: Statements): BlockNode | undefined {
  const start = cursor.at;
  const keyword = take(cursor, /(if|for)(?=[\s(/"%]|$)/iy)?.[1];
  if (keyword === undefined) return undefined;
  const block = keyword.toLowerCase() === "if" ? readIf(cursor, statements) : readFor(cursor, statements);
  return { type: "block", start, end: cursor.at, background: false, ...block };
}

type Block = Pick<BlockNode, "arms" | "exhaustive" | "loop">;

const gap = /(?:[ \t,;=]|\^(?:[ \t]|\r?\n))*/y;
const operand = /(?:"[^"\r\n]*"?|\^[^\r\n]|[^\s"^=&|<>])+/y;
const operandBehind = /(?:"[^"\r\n]*"?|\^[^\r\n]|[^\s"^&|<>)])+/y;

/**
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/if; `else` has to stand on the line of the
 * `)` before it.
 */
function readIf(cursor: Line, statements: Statements): Block {
  take(cursor, gap);
  while (take(cursor, /(?:\/i|not)(?=\s)/iy)) take(cursor, gap);
  const isSingle = take(cursor, /(?:errorlevel|exist|defined|cmdextversion)(?=\s)/iy) !== undefined;
  if (isSingle) take(cursor, gap);
  take(cursor, operand);
  if (!isSingle) {
    take(cursor, blanks);
    take(cursor, /==|(?:equ|neq|lss|leq|gtr|geq)(?=\s)/iy);
    take(cursor, blanks);
    take(cursor, operandBehind);
  }
  take(cursor, blanks);
  const isGroup = cursor.text[cursor.at] === "(";
  const arms = [readBody(cursor, statements)];
  const isElse = isGroup && take(cursor, /[ \t]*else(?=[\s(@]|$)/iy) !== undefined;
  if (isElse) arms.push(readBody(cursor, statements));
  return { arms, exhaustive: isElse };
}

/** What `if` and `for` run: a group, or all there is on the line. */
function readBody(cursor: Line, statements: Statements): Node[] {
  take(cursor, /(?:[@ \t]|\^(?:[ \t]|\r?\n))+/y);
  if (cursor.text[cursor.at] === "(") return readGroup(cursor, statements);
  return nested(cursor, [], () => statements.line(cursor));
}

/** Source: learn.microsoft.com/windows-server/administration/windows-commands/for. */
function readFor(cursor: Line, statements: Statements): Block {
  const options = take(cursor, /[^%()\r\n&|]*/y)?.[0] ?? "";
  const letter = take(cursor, /%{1,2}([A-Za-z])/y)?.[1];
  const isSet = take(cursor, /\s+in\s*\(/iy) !== undefined;
  const words = isSet ? readWordsOfLoop(cursor, /^\s*\/[flr]/i.test(options)) : [];
  take(cursor, /\s*\)?\s*do(?=[\s(@])/iy);
  if (letter === undefined) return { arms: [readBody(cursor, statements)], exhaustive: false };
  cursor.loops.push(letter);
  const arms = [readBody(cursor, statements)];
  cursor.loops.pop();
  return { arms, exhaustive: false, loop: { name: `%${letter}`, words } };
}

/** The words that a loop goes through; what it finds in files, counts or reads is unknown. */
function readWordsOfLoop(cursor: Line, isUnknown: boolean): WordNode[] {
  const words: WordNode[] = [];
  for (;;) {
    take(cursor, /[\s,;=]+/y);
    const start = cursor.at;
    const text = take(cursor, /(?:"[^"\r\n]*"?|[^\s,;=()"])+/y)?.[0];
    if (text === undefined) return words;
    const end = cursor.at;
    const type = isUnknown || /["%!^*?&|<>]/.test(text) ? "unknown" : "text";
    words.push({ start, end, parts: [{ type, start, end, quoted: false }], inside: { start, end } });
    // Nobody writes more; a loop is run for each.
    if (words.length > 1000 || !peek(cursor, /[\s,;=]/y)) return words;
  }
}
