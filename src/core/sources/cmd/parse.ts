import { type CommandNode, type Node, type Parsed, peek, take, type WordNode } from "../dialect/nodes.ts";
import { readBlock, readGroup } from "./blocks.ts";
import { readSet } from "./set.ts";
import { readChild, readStart } from "./starters.ts";
import { blanks, type Line, readWord, type Statements, startsWord } from "./words.ts";

/**
 * The statements of a text typed into cmd. What cmd would refuse is read as far as it goes, because it may still be
 * typed.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/cmd and the pages of the commands beside it.
 */
export function parseCmd(text: string): Parsed {
  const at = text.startsWith("\uFEFF") ? 1 : 0;
  const cursor: Line = { text, at, depth: 0, limit: undefined, parens: 0, assigned: new Set(), loops: [] };
  return { nodes: readList(cursor), limit: cursor.limit };
}

const statements: Statements = { list: readList, line: readLine };

/** Statements up to the end, or to the `)` of the group they stand in. A group is one line, however many it has. */
function readList(cursor: Line): Node[] {
  const nodes: Node[] = [];
  for (;;) {
    const gap = take(cursor, /(?:[\s,;=]|\^\r?\n)+/y)?.[0].replace(/\^\r?\n/g, "");
    if (cursor.parens === 0 && gap?.includes("\n")) cursor.assigned.clear();
    if (cursor.at >= cursor.text.length || (cursor.parens > 0 && cursor.text[cursor.at] === ")")) return nodes;
    const before = cursor.at;
    nodes.push(...readLine(cursor));
    // A character that begins nothing, such as a `|` by itself.
    if (cursor.at === before) cursor.at++;
  }
}

/** `a | b && c & d`: what stands on one line. */
function readLine(cursor: Line): Node[] {
  const nodes: Node[] = [];
  let joined: CommandNode["joined"] = "";
  for (;;) {
    take(cursor, blanks);
    readStatement(cursor, nodes, joined);
    take(cursor, blanks);
    const operator = take(cursor, /&&?|\|\|?/y)?.[0];
    if (operator === undefined) return nodes;
    joined = operator === "&" ? "" : operator === "||" ? "or" : "and";
  }
}

const comment = /(?:rem(?=[\s./,;=:]|$)|:)[^\r\n]*/iy;
const leading = /[@ \t,;=]+/y;

function readStatement(cursor: Line, nodes: Node[], joined: CommandNode["joined"]): void {
  const start = cursor.at;
  take(cursor, leading);
  if (take(cursor, comment)) return;
  const node = readParentheses(cursor, joined) ?? readBlock(cursor, statements) ?? readCommand(cursor, start, joined);
  if (!node) return;
  const previous = nodes.at(-1);
  if (previous?.type === "command") previous.next = start;
  nodes.push(node);
}

function readParentheses(cursor: Line, joined: CommandNode["joined"]): Node | undefined {
  const start = cursor.at;
  if (cursor.text[start] !== "(") return undefined;
  const arms = [readGroup(cursor, statements)];
  readWords(cursor);
  return { type: "block", start, end: cursor.at, arms, exhaustive: joined !== "or", background: false };
}

const set = /set(?=[\s/"]|$)/iy;

/** A command, with what starts it: `call`, `start` and `cmd /c`; `undefined` where there is none. */
function readCommand(cursor: Line, start: number, joined: CommandNode["joined"]): CommandNode | undefined {
  const isStarted = readStart(cursor);
  const node = { type: "command", start, joined, needed: false, background: isStarted === "unattended" } as const;
  const inner = readChild(cursor, statements);
  if (inner) {
    if (node.background) for (const started of inner) started.background = true;
    return { ...node, prefix: [], words: [], inner, end: cursor.at };
  }
  if (peek(cursor, set)) {
    const { word, assignment, end } = readSet(cursor);
    readWords(cursor);
    // What another window sets is set there.
    const prefix = assignment && isStarted === undefined ? [assignment] : [];
    return { ...node, prefix, words: [word], inner: [], end };
  }
  const { words, end } = readWords(cursor);
  return words.length > 0 ? { ...node, prefix: [], words, inner: [], end } : undefined;
}

const redirect = /\d?(?:>>?|<)(?:&[ \t]*\d?)?/y;

/** Words up to the end of a command, without its redirections. */
function readWords(cursor: Line): { words: WordNode[]; end: number } {
  const words: WordNode[] = [];
  let end = cursor.at;
  for (;;) {
    take(cursor, blanks);
    const operator = take(cursor, redirect)?.[0];
    if (operator !== undefined) {
      if (!operator.includes("&")) take(cursor, blanks);
      if (!operator.includes("&") && startsWord(cursor)) readWord(cursor, true);
    } else if (startsWord(cursor)) words.push(readWord(cursor, words.length === 0));
    else return { words, end };
    end = cursor.at;
  }
}
