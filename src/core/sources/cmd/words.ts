import { type Cursor, type Node, type Part, peek, take, type WordNode } from "../dialect/nodes.ts";

/** Where the parser is: with what decides how the next character is read. */
export type Line = Cursor & {
  /** How many parentheses are open; only then does a `)` end a command. */
  parens: number;
  /** What was set on this line so far. */
  readonly assigned: Set<string>;
  /** The letters of the loops around. */
  readonly loops: string[];
};

/** Reads what a block or `cmd /c` runs: all up to its end, or what stands on one line. */
export type Statements = { readonly list: (cursor: Line) => Node[]; readonly line: (cursor: Line) => Node[] };

/** Blanks, also where a caret stands before them, and line ends that a caret hides. */
export const blanks = /(?:[ \t]|\^(?:[ \t]|\r?\n))+/y;

/** Whether a word begins here. */
export function startsWord(cursor: Line): boolean {
  const { text, at, parens } = cursor;
  return at < text.length && !(parens > 0 && text[at] === ")") && peek(cursor, /[\s&|<>]/y) === undefined;
}

/**
 * Quotes are counted twice: by cmd, for which they hide what ends a command, and by the program, which splits its line
 * into arguments. A caret takes a quote away from cmd, a backslash takes it away from the program.
 */
type Quotes = { cmd: boolean; program: boolean };

/**
 * A word of a command. `isProgram` is the first one, where a backslash always stands for itself.
 *
 * Source: learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments.
 */
export function readWord(cursor: Line, isProgram: boolean): WordNode {
  const start = cursor.at;
  const parts: Part[] = [];
  const quotes: Quotes = { cmd: false, program: false };
  while (!endsWord(cursor, quotes)) add(parts, readPart(cursor, quotes, isProgram));
  const end = cursor.at;
  const inQuotes = Math.min(start + 1, end);
  // Even nothing is an argument between quotes.
  if (parts.length === 0) parts.push({ type: "text", start: inQuotes, end: inQuotes, text: "", quoted: true });
  return { start, end, parts, inside: { start, end } };
}

/** The value of a variable up to an offset: blanks and quotes belong to it. */
export function readValue(cursor: Line, end: number, isQuoted: boolean): WordNode {
  const start = cursor.at;
  const parts: Part[] = [];
  const inner = { ...cursor, text: cursor.text.slice(0, end) };
  for (let cmd = isQuoted; inner.at < end; ) {
    const from = inner.at;
    const isPlain = take(inner, /[^"^%!]+/y) !== undefined;
    const part = isPlain ? undefined : ((cmd ? undefined : readEscape(inner)) ?? readVariable(inner, true));
    if (!part && !isPlain) {
      if (inner.text[inner.at] === '"') cmd = !cmd;
      inner.at++;
    }
    add(parts, part ?? { type: "text", start: from, end: inner.at, quoted: true });
  }
  cursor.at = end;
  return { start, end, parts, inside: { start, end } };
}

const hiddenBlank = /\^(?:[ \t]|\r?\n[ \t\r\n])/y;
const space = /\s/y;
const lineEnd = /\r?\n/y;

function endsWord(cursor: Line, quotes: Quotes): boolean {
  const character = cursor.text[cursor.at];
  if (character === undefined || peek(cursor, quotes.program ? lineEnd : space)) return true;
  if (quotes.cmd) return false;
  if (character === "^") return !quotes.program && peek(cursor, hiddenBlank) !== undefined;
  return "&|<>".includes(character) || (cursor.parens > 0 && character === ")");
}

const plain = /[^\s"^%!&|<>()\\]+/y;

function readPart(cursor: Line, quotes: Quotes, isProgram: boolean): Part | undefined {
  const start = cursor.at;
  const quoted = quotes.program;
  if (take(cursor, plain)) return { type: "text", start, end: cursor.at, quoted };
  const slashes = take(cursor, /\\+/y)?.[0].length ?? 0;
  if (slashes > 0) return isProgram || cursor.text[cursor.at] !== '"' ? as(cursor, start) : escaped(slashes);
  if (take(cursor, quotes.cmd ? /"/y : /\^?"/y)) {
    if (cursor.text[start] === '"') quotes.cmd = !quotes.cmd;
    quotes.program = !quotes.program;
    return undefined;
  }
  const special = (quotes.cmd ? undefined : readEscape(cursor)) ?? readVariable(cursor, quoted);
  if (special) return special;
  cursor.at++;
  return as(cursor, start);

  function as(at: Line, from: number): Part {
    return { type: "text", start: from, end: at.at, quoted };
  }

  /** Of backslashes before a quote each two are one, and the last of an odd number makes the quote text. */
  function escaped(count: number): Part {
    const isText = count % 2 === 1;
    if (isText) {
      cursor.at++;
      quotes.cmd = !quotes.cmd;
    }
    const text = "\\".repeat(count >> 1) + (isText ? '"' : "");
    return { type: "text", start, end: cursor.at, text, quoted };
  }
}

/** A caret and what it takes the meaning from; a line end behind it is no part of the line. */
function readEscape(cursor: Line): Part | undefined {
  const start = cursor.at;
  const match = take(cursor, /\^(\r?\n|[^\r\n])?/uy);
  if (!match) return undefined;
  const character = match[1] ?? "";
  const text = character.endsWith("\n") ? "" : character;
  return { type: "text", start, end: cursor.at, text, quoted: true };
}

const named = /%([A-Za-z_][\w.()#$-]*)(:[^%\r\n]*)?%/y;

/**
 * `%NAME%`, `!NAME!` and the `%i` of a loop. cmd expands a line before it runs any of it, so that what is set on the same
 * line is not what is put in.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/for.
 */
function readVariable(cursor: Line, quoted: boolean): Part | undefined {
  const start = cursor.at;
  if (take(cursor, /!\w+(?::[^!\r\n]*)?!/y)) return { type: "unknown", start, end: cursor.at, quoted };
  const loop = readLoopVariable(cursor, quoted);
  if (loop) return loop;
  const match = take(cursor, named);
  if (!match) return undefined;
  // Windows does not tell `Path` from `PATH`.
  const name = (match[1] ?? "").toUpperCase();
  const at = { start, end: cursor.at, quoted };
  const isKnown = match[2] === undefined && !cursor.assigned.has(name);
  return isKnown ? { type: "variable", name, ...at } : { type: "unknown", ...at };
}

function readLoopVariable(cursor: Line, quoted: boolean): Part | undefined {
  const start = cursor.at;
  if (cursor.loops.length === 0 || peek(cursor, /%\w{2,40}%/y)) return undefined;
  const [spelling, modifiers, plain] = peek(cursor, /%{1,2}(?:(~[A-Za-z]{1,12})|([A-Za-z]))/y) ?? [];
  const letter = plain ?? modifiers?.at(-1);
  if (spelling === undefined || letter === undefined || !cursor.loops.includes(letter)) return undefined;
  cursor.at += spelling.length;
  const at = { start, end: cursor.at, quoted };
  return plain ? { type: "variable", name: `%${letter}`, ...at } : { type: "unknown", ...at };
}

/** Adds a part; text that goes on where the last one ended becomes one with it. */
function add(parts: Part[], part: Part | undefined): void {
  if (!part) return;
  const last = parts.at(-1);
  const isSame = last?.type === "text" && part.type === "text" && last.quoted === part.quoted;
  if (isSame && last.end === part.start && last.text === undefined && part.text === undefined)
    parts[parts.length - 1] = { ...last, end: part.end };
  else parts.push(part);
}
