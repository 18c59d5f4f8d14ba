import type { Place } from "../../text.ts";
import type { Heredoc } from "./heredoc.ts";
import { type Escape, maskDockerfile, type Range } from "./mask.ts";

/** A Dockerfile's instructions, in order. All ranges are offsets into the original text. */
export type Dockerfile = {
  readonly path: string;
  /** The mask, as long as the original. */
  readonly text: string;
  readonly escapeCharacter: Escape;
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Range[];
};

export type Instruction = {
  /** In capital letters. */
  readonly keyword: string;
  readonly name: Range;
  /** The whole instruction: continuation lines and heredocs too. */
  readonly at: Range;
  readonly flags: readonly Flag[];
  /** What follows the keyword and its flags, without the white space around it. */
  readonly body: Range;
  readonly heredocs: readonly Heredoc[];
};

/** An option of the instruction itself: `--from=builder`, `--link`. */
export type Flag = Range & { readonly name: string; readonly value: string | undefined };

export function readDockerfile(path: string, original: string): Dockerfile {
  const { text, escapeCharacter, statements, comments } = maskDockerfile(original);
  const instructions = statements.map(({ start, lineEnd, end, heredocs }): Instruction => {
    const name = readKeyword(text, start, lineEnd);
    const keyword = text.slice(name.start, name.end).toUpperCase();
    const { flags, next } = readFlags(text, keyword, name.end, lineEnd);
    return { keyword, name, at: { start, end }, flags, body: { start: next, end: lineEnd }, heredocs };
  });
  return { path, text, escapeCharacter, instructions, comments };
}

export function placeOf(file: Dockerfile, { start, end }: Range): Place {
  return { path: file.path, start, end };
}

/** The offset of the next character that is no white space and no continuation. */
export function skipBlank(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (isContinuation(text, at)) at += 2;
    else if (/\s/.test(text[at] ?? "")) at += 1;
    else break;
  }
  return at;
}

export function isContinuation(text: string, at: number): boolean {
  return text[at] === "\\" && text[at + 1] === "\n";
}

function readKeyword(text: string, from: number, limit: number): Range {
  const start = skipBlank(text, from, limit);
  let end = start;
  while (end < limit && !isContinuation(text, end) && !/\s/.test(text[end] ?? "")) end += 1;
  return { start, end };
}

const keywordsWithFlags = new Set(["FROM", "RUN", "COPY", "ADD", "HEALTHCHECK"]);

function readFlags(text: string, keyword: string, from: number, limit: number): { flags: Flag[]; next: number } {
  const flags: Flag[] = [];
  let next = skipBlank(text, from, limit);
  while (keywordsWithFlags.has(keyword) && text.startsWith("--", next) && next < limit) {
    const { start, end } = readKeyword(text, next, limit);
    const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(text.slice(start, end)) ?? [];
    flags.push({ start, end, name, value });
    next = skipBlank(text, end, limit);
  }
  return { flags, next };
}
