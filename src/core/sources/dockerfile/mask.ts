import { type Heredoc, type HeredocOpener, heredocOpeners } from "./heredoc.ts";

/** A range of one file, in offsets into its original text. */
export type Range = { readonly start: number; readonly end: number };

/** The character that joins lines and takes the meaning off the next character. */
export type Escape = "\\" | "`";

/**
 * A Dockerfile cut into instructions. `text` is as long as the original, so that every offset holds for both, but it
 * can be read by a shell's rules: what Docker drops from within an instruction (comment lines, blank lines) is spaces,
 * a line goes on exactly where a backslash stands before its newline, and CR is a space.
 */
export type Mask = {
  readonly text: string;
  readonly escapeCharacter: Escape;
  readonly statements: readonly Statement[];
  /** The comment lines, those within instructions too; parser directives are none. */
  readonly comments: readonly Range[];
};

/** One instruction with its continuation lines and its heredocs; `end` is the end of the last of them. */
export type Statement = {
  readonly start: number;
  /** Where its own lines end, before the heredocs. */
  readonly lineEnd: number;
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
};

/** Source: moby/buildkit frontend/dockerfile/parser/parser.go. */
export function maskDockerfile(text: string): Mask {
  const page = readPage(text);
  const directives = readDirectives(page);
  const statements: Statement[] = [];
  const comments: Range[] = [];
  let index = directives.count;
  while (index < page.lines.length) {
    const line = lineAt(page, index);
    if (isComment(line)) comments.push(contentOf(page, index));
    if (isComment(line) || isBlank(line)) {
      index += 1;
      continue;
    }
    const body = joinLines(page, index, directives.escapeCharacter, comments);
    const heredocs = readHeredocs(page, index, body.next);
    const { start } = contentOf(page, index);
    const { end: lineEnd } = contentOf(page, body.last);
    statements.push({ start, lineEnd, end: heredocs.end ?? lineEnd, heredocs: heredocs.found });
    index = heredocs.next;
  }
  return {
    text: page.lines.join("").replaceAll("\r", " "),
    escapeCharacter: directives.escapeCharacter,
    statements,
    comments,
  };
}

/** The lines, each with its newline, and where they start. They are masked in place. */
type Page = {
  readonly lines: string[];
  readonly starts: readonly number[];
  /** What `findTerminator` looks in, for heredocs that drop tabs and for others; made when it is needed. */
  readonly terminators: Map<boolean, Map<string, number[]>>;
};

function readPage(text: string): Page {
  const lines: string[] = [];
  const starts: number[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push(text.slice(start, end));
    starts.push(start);
    start = end;
  }
  return { lines, starts, terminators: new Map() };
}

/** Directives stand at the very top; the first line that is none ends them. */
function readDirectives(page: Page): { escapeCharacter: Escape; count: number } {
  let escapeCharacter: Escape = "\\";
  let count = 0;
  for (; count < page.lines.length; count += 1) {
    const directive = /^\s*#\s*(syntax|escape|check)\s*=(.*)/i.exec(lineAt(page, count));
    if (!directive) break;
    if (directive[1]?.toLowerCase() === "escape") escapeCharacter = directive[2]?.trim() === "`" ? "`" : "\\";
  }
  return { escapeCharacter, count };
}

/** Masks the lines of the instruction that starts at line `first`; `last` is its last line that says something. */
function joinLines(
  page: Page,
  first: number,
  escapeCharacter: Escape,
  comments: Range[],
): { last: number; next: number } {
  let last = first;
  let next = first;
  let goesOn = true;
  while (goesOn && next < page.lines.length) {
    const line = lineAt(page, next);
    const isDropped = next > first && (isComment(line) || isBlank(line));
    if (isDropped && isComment(line)) comments.push(contentOf(page, next));
    // The newline goes with it: for a shell a blank line would end the command.
    if (isDropped) page.lines[next] = blank(line);
    else {
      const joined = joinToNext(line, escapeCharacter);
      goesOn = joined !== undefined;
      if (joined !== undefined) page.lines[next] = joined;
      last = next;
    }
    next += 1;
  }
  // The file ends where another line should follow.
  if (goesOn) page.lines[last] = lineAt(page, last).replace(/\\\n?$/, blank);
  return { last, next };
}

/** The line with a backslash right before its newline, or `undefined` when it does not go on. */
function joinToNext(line: string, escapeCharacter: Escape): string | undefined {
  const content = line.trimEnd();
  if (!content.endsWith(escapeCharacter) || content.at(-2) === escapeCharacter) return undefined;
  const newline = line.endsWith("\n") ? "\n" : "";
  return `${content.slice(0, -1).padEnd(line.length - newline.length - 1)}\\${newline}`;
}

type Heredocs = { readonly found: readonly Heredoc[]; readonly end: number | undefined; readonly next: number };

/** The heredocs of the instruction in lines `first` to `next`. One without an end is still being typed: it is none. */
function readHeredocs(page: Page, first: number, next: number): Heredocs {
  const found: Heredoc[] = [];
  let end: number | undefined;
  for (const opener of heredocOpeners(page.lines.slice(first, next).join(""), startOf(page, first))) {
    const terminator = findTerminator(page, next, opener);
    if (terminator === undefined) break;
    found.push({ ...opener, body: { start: startOf(page, next), end: startOf(page, terminator) } });
    end = contentOf(page, terminator).end;
    next = terminator + 1;
  }
  return { found, end, next };
}

/** The first line at or behind `from` that ends a heredoc; `from` only grows, so earlier lines are forgotten. */
function findTerminator(page: Page, from: number, { name, chomps }: HeredocOpener): number | undefined {
  const terminators = page.terminators.get(chomps) ?? terminatorsOf(page, chomps);
  page.terminators.set(chomps, terminators);
  const candidates = terminators.get(name) ?? [];
  while ((candidates.at(-1) ?? from) < from) candidates.pop();
  return candidates.at(-1);
}

/** Which lines read what, the last one first. Looking through the file for each heredoc would take for ever. */
function terminatorsOf(page: Page, chomps: boolean): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let index = page.lines.length - 1; index >= 0; index -= 1) {
    const line = lineAt(page, index).replace(/\r?\n?$/, "");
    const name = chomps ? line.replace(/^\t+/, "") : line;
    const lines = found.get(name);
    if (lines) lines.push(index);
    else found.set(name, [index]);
  }
  return found;
}

function lineAt(page: Page, index: number): string {
  return page.lines[index] ?? "";
}

function startOf(page: Page, index: number): number {
  return page.starts[index] ?? 0;
}

/** Where a line stands without the white space around it. */
function contentOf(page: Page, index: number): Range {
  const line = lineAt(page, index);
  const start = startOf(page, index);
  return { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
}

// A byte order mark needs no care of its own: for JavaScript it is white space.
function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

function blank(text: string): string {
  return " ".repeat(text.length);
}
