import type { Edit } from "../../text.ts";
import type { SourceFile } from "../source.ts";
import type { Extent } from "./extent.ts";

/** A sequence or a map as it is written. */
export type Collection = {
  readonly file: SourceFile;
  readonly entries: readonly Extent[];
  readonly flow: boolean;
  /** What it is when it is empty. */
  readonly nothing: "[]" | "{}";
  /** Where its owner (`key:`, `- `) ends, behind which it can be written on one line. */
  readonly owner: number | undefined;
};

/** Takes one entry out, with its line or its comma; the rest stays as it is. */
export function removeEntry(collection: Collection, index: number): Edit[] | undefined {
  const entry = collection.entries[index];
  if (!entry) return undefined;
  if (collection.flow) return removeFromFlow(collection, index, entry);
  if (collection.entries.length === 1) return empty(collection, entry);
  return removeFromBlock(collection, entry, collection.entries[index + 1]);
}

/** Puts entries behind one, each on a line of its own where the collection is written so. */
export function addEntries(collection: Collection, index: number, texts: readonly string[]): Edit[] | undefined {
  const entry = collection.entries[index];
  if (!entry) return undefined;
  const { path, text } = collection.file;
  const prefix = text.slice(lineStart(text, entry.start), entry.start);
  const separator = `${lineBreak(text)}${prefix.replace(/[^\t]/g, " ")}`;
  if (!collection.flow) {
    const at = lineEnd(text, entry.end);
    return [{ path, start: at, end: at, text: texts.map((line) => separator + line).join("") }];
  }
  const comma = prefix.trim() === "" ? `,${separator}` : ", ";
  return [{ path, start: entry.end, end: entry.end, text: texts.map((item) => comma + item).join("") }];
}

/** The only entry: what is left is written as nothing, since an empty block would be null. */
function empty({ file, owner, nothing }: Collection, entry: Extent): Edit[] | undefined {
  if (owner === undefined || file.text.slice(owner, entry.start).trim() !== "") return undefined;
  return [{ path: file.path, start: owner, end: entry.end, text: ` ${nothing}` }];
}

function removeFromBlock({ file }: Collection, entry: Extent, next: Extent | undefined): Edit[] | undefined {
  const { path, text } = file;
  const start = lineStart(text, entry.start);
  if (text.slice(start, entry.start).trim() === "") return [{ path, start, end: nextLine(text, entry.end), text: "" }];
  // The first entry of `- target: 80`: the next one takes its place behind the dash.
  if (!next || /\n\s*#/.test(text.slice(entry.end, next.start))) return undefined;
  return [{ path, start: entry.start, end: next.start, text: "" }];
}

function removeFromFlow({ file, entries }: Collection, index: number, entry: Extent): Edit[] {
  const { path, text } = file;
  const end = behindComma(text, entry.end) ?? entry.end;
  const before = entries[index - 1];
  const isLast = index === entries.length - 1;
  if (ownsItsLines(text, entry.start, end)) {
    const lines = { path, start: lineStart(text, entry.start), end: nextLine(text, end), text: "" };
    const orphan = isLast && end === entry.end && before ? behindComma(text, before.end) : undefined;
    return orphan === undefined ? [lines] : [{ path, start: orphan - 1, end: orphan, text: "" }, lines];
  }
  if (isLast && before && end === entry.end) return [{ path, start: before.end, end, text: "" }];
  const space = /[ \t]*/y;
  space.lastIndex = end;
  space.test(text);
  return [{ path, start: entry.start, end: isLast ? end : space.lastIndex, text: "" }];
}

/** Whether nothing else stands on the lines of a range; a comment behind it goes with it. */
function ownsItsLines(text: string, start: number, end: number): boolean {
  const behind = text.slice(end, lineEnd(text, end)).trim();
  return text.slice(lineStart(text, start), start).trim() === "" && (behind === "" || behind.startsWith("#"));
}

/** The offset behind the comma that follows, space and comments between. */
function behindComma(text: string, offset: number): number | undefined {
  const comma = /(?:\s|#[^\n]*\n)*,/y;
  comma.lastIndex = offset;
  return comma.test(text) ? comma.lastIndex : undefined;
}

/** The start of a line; a byte order mark stays. */
function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return text[newline - 1] === "\r" && newline > offset ? newline - 1 : newline;
}

function nextLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
