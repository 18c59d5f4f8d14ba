/** A character as a terminal shows it: how wide, and which offset of the line it began at. */
export type Cell = { readonly text: string; readonly width: number; readonly offset: number };

/** A line as a terminal shows it: tabs as spaces, and nothing in it that could control the terminal. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemesOf(line)) {
    const cell = { ...drawn(segment, column), offset: index };
    cells.push(cell);
    column += cell.width;
  }
  return cells;
}

/** Text that is safe to print: what is invisible, moves the cursor or turns the direction of reading becomes `�`. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, "\uFFFD");
}

const tabWidth = 4;

function drawn(grapheme: string, column: number): Pick<Cell, "text" | "width"> {
  if (grapheme === "\t") {
    const width = tabWidth - (column % tabWidth);
    return { text: " ".repeat(width), width };
  }
  // A byte order mark is not part of the text a person sees.
  if (grapheme === "\uFEFF") return { text: "", width: 0 };
  return { text: printable(grapheme), width: wide.test(grapheme) ? 2 : 1 };
}

/** Emoji, also those that a variation selector makes one, and the scripts whose characters take two columns. */
const wide =
  /\uFE0F|[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

function graphemesOf(line: string): Iterable<{ readonly segment: string; readonly index: number }> {
  // Almost every line is ASCII, and loading the tables of the segmenter takes longer than drawing it.
  if (/^[\x20-\x7E\t]*$/.test(line)) return Array.from(line, (segment, index) => ({ segment, index }));
  return new Intl.Segmenter("en").segment(line);
}
