import { insertable, type Known, noSlot, type Slot, type Word } from "../../word.ts";
import { type Dockerfile, isContinuation, placeOf } from "./instructions.ts";
import type { Range } from "./mask.ts";
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
  while (text[at] !== "]" || strings.length > 0) {
    const string = readString(file, at, end);
    if (!string) return undefined;
    strings.push(string);
    at = skipSpace(text, string.end);
    if (text[at] === "]") break;
    if (text[at] !== ",") return undefined;
    at = skipSpace(text, at + 1);
  }
  return skipSpace(text, at + 1) >= end && at < end ? strings : undefined;
}

function readString(file: Dockerfile, start: number, limit: number): JsonString | undefined {
  const { text } = file;
  if (text[start] !== '"') return undefined;
  const pieces: Known[] = [];
  let at = start + 1;
  let from = at;
  const flush = () => {
    if (from < at) pieces.push({ text: text.slice(from, at), at: placeOf(file, { start: from, end: at }) });
  };
  while (at < limit) {
    const char = text[at] ?? "";
    if (char === '"') {
      flush();
      return { start, end: at + 1, pieces };
    }
    if (char === "\\") {
      flush();
      const escaped = readEscape(file, at);
      if (!escaped) return undefined;
      if (escaped.text) pieces.push(escaped);
      at = from = escaped.at.end;
    } else if (char < " ") return undefined;
    else at += 1;
  }
  return undefined;
}

/** A JSON escape as the text it means, or a continuation, which means nothing. */
function readEscape(file: Dockerfile, start: number): Required<Pick<Known, "text" | "at">> | undefined {
  const { text } = file;
  if (isContinuation(text, start)) return { text: "", at: placeOf(file, { start, end: start + 2 }) };
  const pattern = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y;
  pattern.lastIndex = start;
  const [whole = "", code, letter = ""] = pattern.exec(text) ?? [];
  if (!whole) return undefined;
  return {
    text: code ? String.fromCharCode(Number.parseInt(code, 16)) : (controls[letter] ?? letter),
    at: placeOf(file, { start, end: start + whole.length }),
  };
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
