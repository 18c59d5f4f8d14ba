import type { Edit } from "../../text.ts";
import { insertable, isKnown, type Piece, solid, type Word } from "../../word.ts";
import { type Dockerfile, isContinuation, placeOf, skipBlank } from "./instructions.ts";
import type { Range } from "./mask.ts";

/** The words between two offsets: split at white space outside quotes. */
export function splitWords(file: Dockerfile, { start, end }: Range): Range[] {
  const words: Range[] = [];
  let at = skipBlank(file.text, start, end);
  while (at < end) {
    const wordEnd = endOfWord(file, at, end);
    words.push({ start: at, end: wordEnd });
    at = skipBlank(file.text, wordEnd, end);
  }
  return words;
}

function endOfWord({ text, escapeCharacter }: Dockerfile, start: number, limit: number): number {
  let quote = "";
  let at = start;
  let wordEnd = start;
  while (at < limit) {
    const char = text[at] ?? "";
    if (isContinuation(text, at)) {
      at += 2;
      continue;
    }
    if (!quote && /\s/.test(char)) break;
    if (char === quote) quote = "";
    else if (char === escapeCharacter && quote !== "'") at += 1;
    else if (!quote && (char === "'" || char === '"')) quote = char;
    at += 1;
    wordEnd = Math.min(at, limit);
  }
  return wordEnd;
}

/**
 * A value as a word. Its text is replaced where it stands: inside its quotes or, for a literal that came through a
 * variable, where the variable is set.
 */
export function valueWord(
  file: Dockerfile,
  range: Range,
  pieces: readonly Piece[],
  remove: () => Edit[] | undefined = () => undefined,
): Word {
  const isFromElsewhere = pieces.some((piece) => isKnown(piece) && piece.via);
  const own = placeOf(file, insideQuotes(file.text, range));
  const place = (isFromElsewhere ? solid(pieces) : undefined) ?? own;
  return {
    pieces,
    at: placeOf(file, range),
    edit: {
      replace: (text) => (insertable(text) ? [{ ...place, text }] : undefined),
      remove,
      after: () => undefined,
    },
  };
}

function insideQuotes(text: string, { start, end }: Range): Range {
  const quote = text[start];
  const inside = { start: start + 1, end: end - 1 };
  const isQuoted = (quote === "'" || quote === '"') && text.indexOf(quote, inside.start) === inside.end;
  return isQuoted ? inside : { start, end };
}
