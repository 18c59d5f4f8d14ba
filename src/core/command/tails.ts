import { mostWords } from "../invocation.ts";

/**
 * The text with blanks for the words that nobody reads: in a run of plain words, which belong to one command, those
 * behind the thousand that count and one more, which says that there were too many. Every place stays where it was. A
 * parser takes longer for the words of 100 kB than an editor has for a command.
 */
export function withoutTails(text: string): string {
  if (!hasManyBlanks(text)) return text;
  const parts: string[] = [];
  let copied = 0;
  let words = 0;
  let word = none;
  let tail = none;
  for (let at = 0; at <= text.length; at++) {
    const kind = kindAt(text, at);
    if (kind === plain) {
      if (word === none) word = at;
      continue;
    }
    if (kind === blank) {
      if (word !== none && ++words === mostWords + 1) tail = at;
    } else {
      const end = word === none ? at : word;
      if (tail !== none && tail < end) {
        parts.push(text.slice(copied, tail), " ".repeat(end - tail));
        copied = end;
      }
      words = 0;
      tail = none;
    }
    word = none;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(copied);
}

/** Sooner seen than what each character is. */
function hasManyBlanks(text: string): boolean {
  let at = text.indexOf(" ");
  for (let count = 0; at >= 0 && count < mostWords; count++) at = text.indexOf(" ", at + 1);
  return at >= 0;
}

const none = -1;
const other = 0;
const plain = 1;
const blank = 2;

/** What a character is: part of a word that every shell takes as it stands, a blank, or neither, as the end is. */
function kindAt(text: string, at: number): number {
  const code = at < text.length ? text.charCodeAt(at) : 0;
  return code < kinds.length ? (kinds[code] ?? other) : other;
}

/** By the code of the character. */
const kinds = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@+")
  kinds[character.charCodeAt(0)] = plain;
kinds[" ".charCodeAt(0)] = blank;
