import { type Cell, cellsOf } from "./cells.ts";

/** A line of a file and, to be printed under it, the mark for a part of it. */
export type Excerpt = { readonly line: string; readonly mark: string };

/** Further from the mark than any terminal is wide; so a line of a megabyte costs no more than another. */
const farthest = 1000;

type Columns = { readonly from: number; readonly to: number };

/**
 * Draws one line with the part between two of its offsets marked by `~`, or `^` where the part is empty. A line that
 * does not fit into `room` columns is cut on both sides of the mark.
 */
export function excerpt(line: string, start: number, end: number, room: number): Excerpt {
  const skipped = Math.max(0, start - farthest);
  const cells = cellsOf(line.slice(skipped, start + farthest));
  const marked = columnsOf(cells, start - skipped, end - skipped);
  const total = widthOf(cells);
  const window = windowOn(marked, total, room);
  const to = Math.min(marked.to, window.to);
  return {
    line: cut(cells, window, total),
    mark: " ".repeat(marked.from - window.from) + (to > marked.from ? "~".repeat(to - marked.from) : "^"),
  };
}

function columnsOf(cells: readonly Cell[], start: number, end: number): Columns {
  const from = widthOf(cells.filter(({ offset }) => offset < start));
  return { from, to: Math.max(from, widthOf(cells.filter(({ offset }) => offset < end))) };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

/** The columns that are shown: the whole line, or as much as fits with a third of the free room before the mark. */
function windowOn(marked: Columns, total: number, room: number): Columns {
  if (total <= room) return { from: 0, to: total };
  const free = Math.max(0, room - (marked.to - marked.from));
  const from = Math.max(0, Math.min(marked.from - Math.floor(free / 3), total - room));
  return { from, to: from + room };
}

function cut(cells: readonly Cell[], window: Columns, total: number): string {
  const first = window.from > 0 ? window.from + 1 : 0;
  const last = window.to < total ? window.to - 1 : total;
  let text = window.from > 0 ? "…" : "";
  let column = 0;
  let drawnTo = first;
  for (const cell of cells) {
    const end = column + cell.width;
    if (column >= first && end <= last) {
      // Where half of a wide character was cut off, a space keeps the rest above its mark.
      text += " ".repeat(column - drawnTo) + cell.text;
      drawnTo = end;
    }
    column = end;
  }
  return window.to < total ? `${text}${" ".repeat(last - drawnTo)}…` : text;
}
