import { type CommandNode, type Cursor, type Node, type Parsed, peek, take } from "./nodes.ts";

/** How the statements of a shell follow each other. */
export type Grammar = {
  /** What stands between statements: blanks, line ends, `;`, comments. */
  readonly between: RegExp;
  /** What ends a list of statements and is read by whoever opened it. */
  readonly closing: RegExp;
  /** Blanks, with the line ends that are hidden. */
  readonly blanks: RegExp;
  /** What ties a statement to the next one; `&` puts what is before it into the background. */
  readonly operator: RegExp;
  /** What may stand behind an operator. */
  readonly gap: RegExp;
  /** An `&` reaches back over `&&` and `||` too, rather than to the last of them. */
  readonly wholeChain: boolean;
  /** Reads a statement; the one before it ends where it begins. */
  statement(cursor: Cursor, nodes: Node[], joined: CommandNode["joined"]): void;
};

/** All of a text. What the shell would refuse is read as far as it goes, because it may still be typed. */
export function parseStatements(text: string, grammar: Grammar): Parsed {
  const cursor: Cursor = { text, at: text.startsWith("\uFEFF") ? 1 : 0, depth: 0, limit: undefined };
  const nodes: Node[] = [];
  while (cursor.at < text.length) {
    for (const node of readStatements(cursor, grammar)) nodes.push(node);
    // What closes nothing.
    take(cursor, grammar.closing);
  }
  return { nodes, limit: cursor.limit };
}

/** Statements up to what closes them, or to the end. */
export function readStatements(cursor: Cursor, grammar: Grammar): Node[] {
  const nodes: Node[] = [];
  for (;;) {
    take(cursor, grammar.between);
    if (cursor.at >= cursor.text.length || peek(cursor, grammar.closing)) return nodes;
    const before = cursor.at;
    readChain(cursor, nodes, grammar);
    // A character that begins nothing, such as a `|` by itself.
    if (cursor.at === before) cursor.at++;
  }
}

/** `a | b && c &`: what stands on one line. */
function readChain(cursor: Cursor, nodes: Node[], { statement, blanks, operator, gap, wholeChain }: Grammar): void {
  let joined: CommandNode["joined"] = "";
  let first = nodes.length;
  for (;;) {
    statement(cursor, nodes, joined);
    take(cursor, blanks);
    const found = take(cursor, operator)?.[0];
    if (found === "&") for (const node of nodes.slice(first)) node.background = true;
    if (found === undefined || found === "&") return;
    joined = found === "||" ? "or" : "and";
    if (!wholeChain && (found === "&&" || found === "||")) first = nodes.length;
    take(cursor, gap);
  }
}
