import { type BlockNode, type Cursor, type Node, nested, peek, take, type WordNode } from "../dialect/nodes.ts";
import { blanks, gaps, readGroup, readScriptBlock, readValue, skipExpression, startsExpression } from "./expression.ts";
import { type Inner, into, readExpansion, readString } from "./strings.ts";

const keywords =
  /(?:(?:if|for|foreach|while)(?=\s*\()|switch(?=(?:\s+-\w+)*\s*\()|(?:do|try|begin|process|end|clean)(?=\s*\{)|(?:function|filter)(?=\s+[\w:-])|(?:class|enum)(?=\s+\w[^{}\n]*\{)|param(?=\s*\()|(?:return|throw|exit)(?![\w.:\\/-]))/iy;

/**
 * A statement that begins with a keyword; `false` where none does.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_keywords.
 */
export function readKeyword(cursor: Cursor, inner: Inner): boolean {
  const start = cursor.at;
  const keyword = take(cursor, keywords)?.[0].toLowerCase();
  if (keyword === undefined) return false;
  take(cursor, keyword === "return" || keyword === "throw" || keyword === "exit" ? blanks : gaps);
  readers[keyword]?.(cursor, inner, start);
  return true;
}

type Reader = (cursor: Cursor, inner: Inner, start: number) => void;

const readBare: Reader = (cursor, inner) =>
  nested(cursor, undefined, () => inner.statement(cursor, inner.nodes, "and"));

const readPlain: Reader = (cursor, inner, start) => pushBlock(cursor, inner, start, [readBody(cursor, inner)], true);

const readLoop: Reader = (cursor, inner, start) => {
  readGroup(cursor, inner);
  pushBlock(cursor, inner, start, [readBody(cursor, inner)], false);
};

/** What the members of a class do is not run by it. */
const skipBody: Reader = (cursor, inner) => {
  take(cursor, /[^{}\n]*/y);
  readBody(cursor, inner);
};

const readers: Readonly<Record<string, Reader>> = {
  if: readIf,
  for: readLoop,
  while: readLoop,
  foreach: readForeach,
  switch: readSwitch,
  do: readDo,
  try: readTry,
  begin: readPlain,
  process: readPlain,
  end: readPlain,
  clean: readPlain,
  function: readFunction,
  filter: readFunction,
  class: skipBody,
  enum: skipBody,
  param: (cursor, inner) => void readGroup(cursor, into([], inner)),
  return: readBare,
  throw: readBare,
  exit: readBare,
};

function pushBlock(cursor: Cursor, inner: Inner, start: number, arms: Node[][], exhaustive: boolean): void {
  inner.nodes.push({ type: "block", start, end: cursor.at, arms, exhaustive, background: false });
}

/** The statements of `{…}`; none where it is still to be typed. */
function readBody(cursor: Cursor, inner: Inner): Node[] {
  const body: Node[] = [];
  take(cursor, gaps);
  if (peek(cursor, /\{/y)) readScriptBlock(cursor, into(body, inner));
  return body;
}

/** A word that goes on with the statement before it, such as `else`. */
function takeNext(cursor: Cursor, words: RegExp): string | undefined {
  const start = cursor.at;
  take(cursor, gaps);
  const word = take(cursor, words)?.[0].toLowerCase();
  if (word === undefined) cursor.at = start;
  else take(cursor, gaps);
  return word;
}

function readIf(cursor: Cursor, inner: Inner, start: number): void {
  readGroup(cursor, inner);
  const arms = [readBody(cursor, inner)];
  let word = takeNext(cursor, /elseif(?=\s*\()|else(?=\s*\{)/iy);
  for (; word !== undefined; word = takeNext(cursor, /elseif(?=\s*\()|else(?=\s*\{)/iy)) {
    if (word === "elseif") readGroup(cursor, inner);
    arms.push(readBody(cursor, inner));
    if (word === "else") break;
  }
  pushBlock(cursor, inner, start, arms, word === "else");
}

function readForeach(cursor: Cursor, inner: Inner, start: number): void {
  take(cursor, /\(/y);
  take(cursor, gaps);
  const variable = readExpansion(cursor, false, inner);
  take(cursor, gaps);
  take(cursor, /in(?!\w)/iy);
  take(cursor, gaps);
  const words: readonly WordNode[] = startsExpression(cursor) ? readValue(cursor, inner) : [];
  // The elements of what a command prints are only known when it runs.
  if (words.length === 0) inner.nodes.push(...nested(cursor, [], () => inner.statements(cursor)));
  skipExpression(cursor, inner);
  take(cursor, /\)/y);
  const arms = [readBody(cursor, inner)];
  const block: BlockNode = { type: "block", start, end: cursor.at, arms, exhaustive: false, background: false };
  inner.nodes.push(variable?.type === "variable" ? { ...block, loop: { name: variable.name, words } } : block);
}

function readSwitch(cursor: Cursor, inner: Inner, start: number): void {
  take(cursor, /(?:-\w+\s*)+/y);
  readGroup(cursor, inner);
  take(cursor, gaps);
  take(cursor, /\{/y);
  const arms = nested<Node[][]>(cursor, [], () => {
    const found: Node[][] = [];
    for (;;) {
      take(cursor, gaps);
      if (peek(cursor, /[})]|$/y)) return found;
      if (peek(cursor, /\{/y)) found.push(readBody(cursor, inner));
      // What is compared.
      else if (!readString(cursor, inner) && !take(cursor, /[^\s{}()'‘’‚‛"“”„]+/y)) cursor.at++;
    }
  });
  take(cursor, /\}/y);
  pushBlock(cursor, inner, start, arms, false);
}

function readDo(cursor: Cursor, inner: Inner, start: number): void {
  pushBlock(cursor, inner, start, [readBody(cursor, inner)], true);
  if (takeNext(cursor, /(?:while|until)(?=\s*\()/iy)) readGroup(cursor, inner);
}

function readTry(cursor: Cursor, inner: Inner, start: number): void {
  pushBlock(cursor, inner, start, [readBody(cursor, inner)], true);
  const clauses = /catch(?=[\s{[])|finally(?=\s*\{)/iy;
  for (let word = takeNext(cursor, clauses); word !== undefined; word = takeNext(cursor, clauses)) {
    take(cursor, /(?:\[[^[\]\n]*\][\s,]*)+/y);
    const body = readBody(cursor, inner);
    pushBlock(cursor, inner, start, [body], word === "finally");
  }
}

/** What a function's parameters are called with is not followed. */
function readFunction(cursor: Cursor, inner: Inner, start: number): void {
  const name = take(cursor, /[^\s(){};]+/y)?.[0] ?? "";
  take(cursor, gaps);
  if (peek(cursor, /\(/y)) readGroup(cursor, into([], inner));
  const body = readBody(cursor, inner);
  inner.nodes.push({ type: "function", start, end: cursor.at, name, body, background: false });
}
