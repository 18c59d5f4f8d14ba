import {
  type Assignment,
  type BlockNode,
  type CommandNode,
  type Cursor,
  type Node,
  nested,
  type Parsed,
  peek,
  take,
  type WordNode,
} from "../dialect/nodes.ts";
import { type Grammar, parseStatements, readStatements } from "../dialect/statements.ts";
import { readWord, startsWord } from "./words.ts";

/**
 * The statements of a fish script. What fish would refuse is read as far as it goes, because it may still be typed.
 *
 * Source: fishshell.com/docs/current/language.html, "Input/Output Redirection", "Piping", "Combining commands",
 * "Conditionals", "Loops and blocks", "Functions".
 */
export function parseFish(text: string): Parsed {
  return parseStatements(text, grammar);
}

const blanks = /(?:[ \t\r]|\\\r?\n)+/y;
const between = /(?:[\s;]|\\\r?\n|#[^\n]*)+/y;
const closing = /(?:end|else|case)(?=[\s;&|)#]|$)/y;

const grammar: Grammar = {
  ...{ between, blanks, gap: between },
  closing: /\)|(?:end|else|case)(?=[\s;&|)#]|$)/y,
  operator: /&&|\|\||&\||\d?>?\||&(?!&)/y,
  wholeChain: false,
  statement: readStatement,
};

/** Statements up to a `)`, an `end`, `else` or `case`. */
function readList(cursor: Cursor): Node[] {
  return readStatements(cursor, grammar);
}

function readStatement(cursor: Cursor, nodes: Node[], outer: CommandNode["joined"]): void {
  let next = cursor.at;
  let joined = outer;
  for (let word = decorator(cursor); word !== undefined; word = decorator(cursor)) {
    if (word === "and" || word === "or") {
      joined = word;
      next = cursor.at;
    } else if (joined === "") joined = "and";
  }
  const node = readBlock(cursor) ?? readSimple(cursor, joined);
  if (!node) return;
  const previous = nodes.at(-1);
  if (previous?.type === "command") previous.next = next;
  nodes.push(node);
}

function decorator(cursor: Cursor): string | undefined {
  const word = take(cursor, /(and|or|not|time|!)(?=[ \t]|\\\r?\n)/y)?.[1];
  if (word !== undefined) take(cursor, blanks);
  return word;
}

/** `begin`, `if`, `while`, `for`, `switch` and `function`, up to their `end`. */
function readBlock(cursor: Cursor): Node | undefined {
  const start = cursor.at;
  const keyword = take(cursor, /(begin|if|while|for|switch|function)(?=[\s;]|$)/y)?.[1];
  if (keyword === undefined) return undefined;
  if (keyword === "function") return readFunction(cursor, start);
  const head = keyword === "for" || keyword === "switch" ? readWords(cursor) : [];
  const arms = nested<Node[][]>(cursor, [], () => readArms(cursor, keyword));
  take(cursor, closing);
  take(cursor, blanks);
  skipRedirects(cursor);
  const hasElse =
    keyword === "if" && arms.length > 1 && arms.at(-1)?.every((node) => node.type !== "command" || !node.needed);
  const exhaustive = keyword === "begin" || hasElse === true;
  const block: BlockNode = { type: "block", start, end: cursor.at, arms, exhaustive, background: false };
  const [variable, , ...words] = head;
  if (keyword !== "for" || !variable) return block;
  return { ...block, loop: { name: cursor.text.slice(variable.start, variable.end), words } };
}

function readArms(cursor: Cursor, keyword: string): Node[][] {
  const arms: Node[][] = [];
  for (let isCondition = keyword === "if" || keyword === "while"; ; ) {
    const arm = readList(cursor);
    const [first] = arm;
    if (isCondition && first?.type === "command") arm[0] = { ...first, needed: true };
    if (keyword !== "switch" || arms.length > 0 || arm.length > 0) arms.push(arm);
    const word = peek(cursor, closing)?.[0];
    if (word !== "else" && word !== "case") return arms;
    take(cursor, closing);
    take(cursor, blanks);
    if (word === "case") readWords(cursor);
    isCondition = take(cursor, /if(?=[\s;]|$)/y) !== undefined;
  }
}

function readFunction(cursor: Cursor, start: number): Node {
  const [name] = readWords(cursor);
  const body = nested<Node[][]>(cursor, [], () => readArms(cursor, "begin"));
  take(cursor, closing);
  const title = name ? cursor.text.slice(name.start, name.end) : "";
  return { type: "function", start, end: cursor.at, name: title, body: body.flat(), background: false };
}

/** The words of a block's first line. */
function readWords(cursor: Cursor): WordNode[] {
  const words: WordNode[] = [];
  for (take(cursor, blanks); startsWord(cursor) && cursor.text[cursor.at] !== "#"; take(cursor, blanks)) {
    words.push(readWord(cursor, [], readList));
  }
  return words;
}

const redirect = /(?:\d*(?:>>|>\?|>|<\?|<)&?|&>>?)(?!\|)/y;

function skipRedirects(cursor: Cursor): boolean {
  let found = false;
  while (take(cursor, redirect)) {
    take(cursor, blanks);
    if (startsWord(cursor)) readWord(cursor, [], readList);
    found = true;
  }
  return found;
}

/** A command with its words; `undefined` where there is none. */
function readSimple(cursor: Cursor, joined: CommandNode["joined"]): CommandNode | undefined {
  const start = cursor.at;
  const prefix: Assignment[] = [];
  const words: WordNode[] = [];
  const inner: Node[] = [];
  let end = start;
  for (;;) {
    take(cursor, blanks);
    const isComment = cursor.text[cursor.at] === "#";
    if (isComment || cursor.at >= cursor.text.length) break;
    if (skipRedirects(cursor)) {
      end = cursor.at;
      continue;
    }
    if (!startsWord(cursor)) break;
    const assignment = words.length === 0 ? readAssignment(cursor, inner) : undefined;
    if (assignment) prefix.push(assignment);
    else words.push(readWord(cursor, inner, readList));
    end = cursor.at;
  }
  if (words.length === 0 && prefix.length === 0) return undefined;
  return { type: "command", start, end, prefix, words, inner, joined, needed: false, background: false };
}

function readAssignment(cursor: Cursor, inner: Node[]): Assignment | undefined {
  const start = cursor.at;
  const name = take(cursor, /([A-Za-z_]\w*)=/y)?.[1];
  if (name === undefined) return undefined;
  const value = startsWord(cursor)
    ? readWord(cursor, inner, readList)
    : { start: cursor.at, end: cursor.at, parts: [], inside: { start: cursor.at, end: cursor.at } };
  return { name, value, start, end: cursor.at };
}
