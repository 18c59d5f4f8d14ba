import type { Known } from "../../word.ts";
import { type Dockerfile, isContinuation, placeOf } from "./instructions.ts";
import type { Range } from "./mask.ts";

/** A part of a word as it is written: text, or a variable that is put in later. */
export type Part = Known | Substitution;

/** `$NAME`, `${NAME}` or `${NAME:-operand}`. */
export type Substitution = Range & {
  readonly name: string;
  /** `-`, `:-`, `+`, `:+`, `?`, `:?` or none; `other` for what is not worked out, such as `${NAME%.txt}`. */
  readonly operator: string;
  readonly operand: readonly Part[];
};

/**
 * The parts of a word, or of a heredoc's text, in which quotes mean nothing.
 * Source: moby/buildkit frontend/dockerfile/shell/lex.go.
 */
export function readParts(file: Dockerfile, { start, end }: Range, quotes: "quotes" | "no quotes"): readonly Part[] {
  return readUntil({ file, end, quotes: quotes === "quotes" }, start, undefined, 0).parts;
}

/** Collects text as it stands, but for the stretches that mean something else. */
export function partCollector<T>(file: Dockerfile, start: number) {
  const parts: (Known | T)[] = [];
  let from = start;
  return {
    parts,
    /** What stands from `at` to `next` means `part`, or nothing; before it is plain text. */
    cut(at: number, next: number, part?: T): void {
      if (from < at) parts.push({ text: file.text.slice(from, at), at: placeOf(file, { start: from, end: at }) });
      if (part !== undefined) parts.push(part);
      from = next;
    },
  };
}

type Region = { readonly file: Dockerfile; readonly end: number; readonly quotes: boolean };

// A substitution within a substitution within … of a hostile file would run out of stack.
const maxDepth = 20;

function readUntil(region: Region, start: number, stop: "}" | undefined, depth: number) {
  const { file, end, quotes } = region;
  const collector = partCollector<Part>(file, start);
  let quote = "";
  let at = start;
  while (at < end) {
    const char = file.text[at] ?? "";
    if (char === stop && !quote) break;
    const special = specialAt(region, at, quote, depth);
    const isQuote = quotes && (quote ? char === quote : char === "'" || char === '"');
    if (special) collector.cut(at, special.next, special.part);
    else if (isQuote) {
      quote = quote ? "" : char;
      collector.cut(at, at + 1);
    }
    at = special?.next ?? at + 1;
  }
  collector.cut(at, at);
  return { parts: collector.parts, end: at };
}

/** What starts at `at` and is not the text that stands there. */
function specialAt(
  region: Region,
  at: number,
  quote: string,
  depth: number,
): { next: number; part?: Part } | undefined {
  const { file, end, quotes } = region;
  const char = file.text[at];
  if (quotes && isContinuation(file.text, at)) return { next: at + 2 };
  if (quote === "'") return undefined;
  if (char === file.escapeCharacter && isEscaping(region, at, quote)) {
    const next = Math.min(at + 2, end);
    return { next, part: { text: file.text.slice(at + 1, next), at: placeOf(file, { start: at, end: next }) } };
  }
  const substitution = char === "$" ? readSubstitution(region, at, depth) : undefined;
  return substitution && { next: substitution.end, part: substitution };
}

/** Whether the escape character takes the next one's meaning off; within quotes and heredocs that has to have one. */
function isEscaping({ file, end, quotes }: Region, at: number, quote: string): boolean {
  const next = at + 1 < end ? file.text[at + 1] : "";
  if (quotes && !quote) return true;
  return next === "$" || next === file.escapeCharacter || (quotes && next === '"');
}

/** Reads what a `$` starts; nothing for a `$` that means itself. */
function readSubstitution(region: Region, start: number, depth: number): Substitution | undefined {
  const { text } = region.file;
  const pattern = /\$(?:([A-Za-z_]\w*|\d+)|\{([A-Za-z_]\w*|\d+)(:?[-+?])?)/y;
  pattern.lastIndex = start;
  const [head = "", bare, braced = "", operator = ""] = pattern.exec(text) ?? [];
  const from = start + head.length;
  if (!head) return undefined;
  if (bare !== undefined) return { start, end: from, name: bare, operator: "", operand: [] };

  const { parts: operand, end } = depth < maxDepth ? readUntil(region, from, "}", depth + 1) : { parts: [], end: from };
  const isClosed = text[end] === "}" && end < region.end;
  const isRead = isClosed && (operator !== "" || end === from);
  return { start, end: isClosed ? end + 1 : end, name: braced, operator: isRead ? operator : "other", operand };
}
