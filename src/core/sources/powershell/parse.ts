import {
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
import { readKeyword } from "./blocks.ts";
import {
  blanks,
  gaps,
  readScriptBlock,
  readValue,
  skipExpression,
  startsExpression,
  unknownWord,
  wordOf,
} from "./expression.ts";
import { type Inner, readExpansion } from "./strings.ts";
import { readArgument, readVerbatim, startsWord } from "./words.ts";

/**
 * The statements of a text typed into PowerShell. What PowerShell would refuse is read as far as it goes, because it may
 * still be typed. An assignment is a command whose name is its operator, before its target and the elements of its value.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing, about_operators,
 * about_pipeline_chain_operators, about_redirection, about_comments.
 */
export function parsePowershell(text: string): Parsed {
  return parseStatements(text, grammar);
}

const grammar: Grammar = {
  between: /(?:[\s;]|`\r?\n|`[ \t]+|#[^\n]*|<#[\s\S]*?(?:#>|$))+/y,
  closing: /[)}]/y,
  operator: /&&|\|\||\||&/y,
  ...{ blanks, gap: gaps },
  wholeChain: true,
  statement: readStatement,
};

/** Reads a statement; the one before it ends where it begins. */
function readStatement(cursor: Cursor, nodes: Node[], joined: CommandNode["joined"]): void {
  const previous = nodes.at(-1);
  const next = cursor.at;
  const count = nodes.length;
  const isRead =
    readKeyword(cursor, innerOf(nodes)) || readCalled(cursor, nodes, joined) || readAssignment(cursor, nodes, joined);
  if (!isRead) {
    // A block by itself is a value, which nothing runs.
    if (startsExpression(cursor)) skipExpression(cursor, innerOf(peek(cursor, /\{/y) ? [] : nodes));
    else pushCommand(cursor, nodes, cursor.at, joined);
  }
  if (previous?.type === "command" && nodes.length > count) previous.next = next;
}

function innerOf(nodes: Node[]): Inner {
  return { nodes, statements: (cursor) => readStatements(cursor, grammar), statement: readStatement };
}

/** `& program …`, `. program …` and `& { … }`. */
function readCalled(cursor: Cursor, nodes: Node[], joined: CommandNode["joined"]): boolean {
  const start = cursor.at;
  if (!take(cursor, /&(?!&)|\.(?=[\s'"$({])/y)) return false;
  take(cursor, blanks);
  if (!peek(cursor, /\{/y)) {
    pushCommand(cursor, nodes, start, joined);
    return true;
  }
  const body: Node[] = [];
  readScriptBlock(cursor, innerOf(body));
  nodes.push({ type: "block", start, end: cursor.at, arms: [body], exhaustive: true, background: false });
  // What the block is given is only known to it.
  readCommand(cursor, cursor.at, "and");
  return true;
}

function pushCommand(cursor: Cursor, nodes: Node[], start: number, joined: CommandNode["joined"]): void {
  const node = readCommand(cursor, start, joined);
  if (node) nodes.push(node);
}

/** A command with its words; `undefined` where there is none. */
function readCommand(cursor: Cursor, start: number, joined: CommandNode["joined"]): CommandNode | undefined {
  const words: WordNode[] = [];
  const inner = innerOf([]);
  let name = "";
  let end = cursor.at;
  for (;;) {
    take(cursor, blanks);
    if (!startsWord(cursor) || peek(cursor, /#/y)) break;
    const lists = /^(?:start-process|saps|start)$/i.test(name);
    if (lists && take(cursor, /,/y)) {
      take(cursor, gaps);
      continue;
    }
    if (take(cursor, /--%(?=[\s|]|$)/y)) words.push(...readVerbatim(cursor));
    else if (!skipRedirect(cursor, inner)) words.push(...readArgument(cursor, inner, lists));
    end = cursor.at;
    const [first] = words;
    if (name === "" && first) name = cursor.text.slice(first.start, first.end);
  }
  if (/^start-(?:thread)?job$/i.test(name)) for (const node of inner.nodes) node.background = true;
  if (words.length === 0) return undefined;
  const { nodes } = inner;
  return { type: "command", start, end, prefix: [], words, inner: nodes, joined, needed: false, background: false };
}

function skipRedirect(cursor: Cursor, inner: Inner): boolean {
  const redirect = take(cursor, /(?:[1-6*]?>>?|<)(&[12])?/y);
  if (!redirect) return false;
  take(cursor, blanks);
  if (redirect[1] === undefined && startsWord(cursor)) readArgument(cursor, inner, false);
  return true;
}

const assignment =
  /(?:\[[^[\]\n]*(?:\[\])?\][ \t]*){0,3}(?=\$(?:\{[^{}\n]*\}|(?:[\p{L}\p{N}_?]|:(?!:))+)[ \t]*(?:\+|\?\?|[-*/%])?=(?!=))/uy;

/**
 * `$name = value`, which may be a block to be run later, or what a command prints.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_assignment_operators.
 */
function readAssignment(cursor: Cursor, nodes: Node[], joined: CommandNode["joined"]): boolean {
  const start = cursor.at;
  if (!take(cursor, assignment)) return false;
  const inner = innerOf([]);
  const target = wordOf(readExpansion(cursor, false, inner) ?? { type: "unknown", start, end: start, quoted: false });
  take(cursor, blanks);
  const from = cursor.at;
  take(cursor, /[^=]*=/y);
  const operator = wordOf({ type: "text", start: from, end: cursor.at, quoted: false });
  take(cursor, gaps);
  if (peek(cursor, /\{/y)) {
    const body: Node[] = [];
    readScriptBlock(cursor, innerOf(body));
    const name = cursor.text.slice(target.start, target.end);
    nodes.push({ type: "function", start, end: cursor.at, name, body, background: false });
    return true;
  }
  const isCommand = !startsExpression(cursor);
  const values = isCommand ? [unknownWord(cursor.at, cursor.at)] : readValue(cursor, inner);
  const end = cursor.at;
  take(cursor, blanks);
  // What goes through a pipe comes out as something else.
  const known = peek(cursor, /\|(?!\|)/y) ? [unknownWord(end, end)] : values;
  cursor.at = end;
  const words = [operator, target, ...known];
  const rest = { prefix: [], inner: inner.nodes, joined, needed: false, background: false };
  nodes.push({ type: "command", start, end, words, ...rest });
  if (isCommand) nested(cursor, undefined, () => readStatement(cursor, nodes, "and"));
  return true;
}
