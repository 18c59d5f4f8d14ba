import { insertable, type Known, noSlot, type Slot, type Word } from "../../word.ts";
import { type Dockerfile, isContinuation, placeOf } from "./instructions.ts";
import type { Range } from "./mask.ts";
import { partCollector } from "./parts.ts";
import { removalOf } from "./separated.ts";

/**
 * The words of exec form, or `undefined` when the region is no JSON array of strings: then Docker takes it, silently,
 * for shell form. Nothing is expanded in them.
 */
export function execForm(file: Dockerfile, region: Range): Word[] | undefined {
  const strings = readArray(file, region);
  return strings?.map(({ pieces, ...range }, index) => ({
    pieces,
    at: placeOf(file, range),
    edit: elementSlot(file, strings, index),
  }));
}

type JsonString = Range & { readonly pieces: readonly Known[] };

function elementSlot(file: Dockerfile, strings: readonly JsonString[], index: number): Slot {
  const string = strings[index];
  if (!string) return noSlot;
  const { start, end } = string;
  const removal = removalOf(strings, index);
  return {
    replace: (text) =>
      insertable(text) ? [{ ...placeOf(file, { start: start + 1, end: end - 1 }), text }] : undefined,
    remove: () => removal && [{ ...placeOf(file, removal), text: "" }],
    after: (words) =>
      words.every(insertable)
        ? [{ ...placeOf(file, { start: end, end }), text: words.map((word) => `, "${word}"`).join("") }]
        : undefined,
  };
}

function readArray(file: Dockerfile, { start, end }: Range): JsonString[] | undefined {
  const { text } = file;
  if (text[start] !== "[") return undefined;
  const strings: JsonString[] = [];
  let at = skipSpace(text, start + 1);
  let isOpen = text[at] !== "]";
  while (isOpen) {
    const string = readString(file, at, end);
    if (!string) return undefined;
    strings.push(string);
    at = skipSpace(text, string.end);
    isOpen = text[at] === ",";
    if (isOpen) at = skipSpace(text, at + 1);
  }
  const isWhole = text[at] === "]" && at < end && skipSpace(text, at + 1) >= end;
  return isWhole ? strings : undefined;
}

function readString(file: Dockerfile, start: number, limit: number): JsonString | undefined {
  const { text } = file;
  if (text[start] !== '"') return undefined;
  const collector = partCollector<Known>(file, start + 1);
  let at = start + 1;
  while (at < limit && text[at] !== '"') {
    const char = text[at] ?? "";
    const escaped = char === "\\" ? readEscape(file, at) : undefined;
    if (!escaped && (char === "\\" || char < " ")) return undefined;
    if (escaped) collector.cut(at, escaped.next, escaped.part);
    at = escaped?.next ?? at + 1;
  }
  collector.cut(at, at);
  return at < limit ? { start, end: at + 1, pieces: collector.parts } : undefined;
}

/** A JSON escape with the text that it means, or a continuation, which means nothing. */
function readEscape(file: Dockerfile, start: number): { next: number; part?: Known } | undefined {
  if (isContinuation(file.text, start)) return { next: start + 2 };
  const pattern = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y;
  pattern.lastIndex = start;
  const [whole, code, letter = ""] = pattern.exec(file.text) ?? [];
  if (whole === undefined) return undefined;
  const next = start + whole.length;
  const text = code ? String.fromCharCode(Number.parseInt(code, 16)) : (controls[letter] ?? letter);
  return { next, part: { text, at: placeOf(file, { start, end: next }) } };
}

const controls: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** JSON's white space, and continuations. */
function skipSpace(text: string, start: number): number {
  let at = start;
  while (isContinuation(text, at) || (text[at] !== undefined && " \t\n".includes(text[at] ?? ""))) {
    at += isContinuation(text, at) ? 2 : 1;
  }
  return at;
}
