import type { Edit, Place } from "../../text.ts";
import { insertable, isKnown, type Piece, type Slot, solid, type Word } from "../../word.ts";
import { removalOf } from "../dockerfile/separated.ts";
import type { SourceFile } from "../source.ts";
import { stringParts } from "./strings.ts";
import type { Node } from "./tree.ts";

/** How a value is edited that stands by itself: inside its quotes, or where the name that it came through is set. */
export function valueSlot({ path, text }: SourceFile, node: Node, pieces: readonly Piece[]): Slot {
  const written = pieces.length > 0 && pieces.every(isKnown) ? solid(pieces) : undefined;
  const own = node.name === "String" ? { path, ...inside(text, node) } : undefined;
  const place = own ?? written;
  return {
    replace: (by) => (place && insertable(by) ? [{ ...place, text: by }] : undefined),
    remove: () => undefined,
    after: () => undefined,
  };
}

function inside(text: string, node: Node): { start: number; end: number } {
  const { start, end } = stringParts(text, node);
  return { start, end };
}

/** One of several values that commas separate: the elements of a list, the arguments of a call. */
export function elementWord(word: Word, file: SourceFile, elements: readonly Node[], index: number): Word {
  const element = elements[index];
  if (!element) return word;
  const { path, text } = file;
  const quote = stringParts(text, element).quote.charAt(0) || '"';
  const end: Place = { path, start: element.to, end: element.to };
  return {
    ...word,
    at: { path, start: element.from, end: element.to },
    edit: {
      replace: word.edit.replace,
      remove: () => removal(file, elements, index),
      after: (words) =>
        words.every(insertable)
          ? [{ ...end, text: words.map((each) => `, ${quote}${each}${quote}`).join("") }]
          : undefined,
    },
  };
}

/** An element goes with its comma; a comment that stands before it stays. */
function removal({ path, text }: SourceFile, elements: readonly Node[], index: number): Edit[] | undefined {
  const first = Math.max(index - 1, 0);
  const near = elements.slice(first, index + 2).map(({ from, to }) => ({ start: from, end: to }));
  const usual = removalOf(near, index - first);
  const element = near[index - first];
  if (!usual || !element) return undefined;
  const gap = usual.start < element.start ? text.slice(usual.start, element.start) : text.slice(element.end, usual.end);
  if (!gap.includes("#")) return [{ path, ...usual, text: "" }];
  const comma = /[ \t]*,?/y;
  comma.lastIndex = element.end;
  comma.test(text);
  return [{ path, start: element.start, end: comma.lastIndex, text: "" }];
}

/** Takes a statement out with its lines, where nothing else stands there and the block keeps another one. */
export function statementRemoval({ path, text }: SourceFile, { from, to }: Node, spare: boolean): Edit[] | undefined {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const newline = text.indexOf("\n", to);
  const end = newline < 0 ? text.length : newline;
  const isAlone = text.slice(start, from).trim() === "" && /^\s*(#.*)?$/.test(text.slice(to, end));
  return spare && isAlone ? [{ path, start, end: newline < 0 ? end : newline + 1, text: "" }] : undefined;
}
