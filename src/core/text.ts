/** A range of a file, in UTF-16 offsets into its original text. */
export type Place = { readonly path: string; readonly start: number; readonly end: number };

/** One replacement in a file; `start === end` inserts. Offsets are UTF-16 offsets into the original text. */
export type Edit = Place & { readonly text: string };

/** The text after `edits`, all of one file. Where two overlap, the later one in the list is dropped. */
export function applyEdits(text: string, edits: readonly Omit<Edit, "path">[]): string {
  let result = "";
  let from = 0;
  for (const edit of compatible(edits).toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** The edits that can be applied together, in the order given: one that overlaps an earlier one is left out. */
export function compatible<T extends Omit<Edit, "path">>(edits: readonly T[]): T[] {
  const kept: T[] = [];
  for (const edit of edits) {
    if (!kept.some((other) => overlaps(edit, other))) kept.push(edit);
  }
  return kept;
}

/** Whether two edits of one file cannot both be applied. */
export function overlaps(a: Omit<Edit, "path">, b: Omit<Edit, "path">): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Place, inner: Place): boolean {
  return outer.path === inner.path && outer.start <= inner.start && inner.end <= outer.end;
}

/** A string that is equal for equal places; for use as a map key. */
export function placeKey(place: Place): string {
  return `${place.path}:${place.start}:${place.end}`;
}

/** 1-based line and column (UTF-16) of an offset. */
export type Position = { readonly line: number; readonly column: number };

/** Turns offsets of one text into lines and columns; made once per text because it lists the line starts. */
export function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = lastUpTo(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** The index of the last number of an ascending list that is not above `limit`; 0 where all are. */
export function lastUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
