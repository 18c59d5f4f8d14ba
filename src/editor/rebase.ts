import type { Edit } from "../core/text.ts";

type Change = Omit<Edit, "path">;

/** A stretch of the original text, or text that was put in. */
type Part = { readonly start: number; readonly end: number } | string;

/**
 * Several rounds of edits, each made in what the round before left behind, as edits of the original text: so that the
 * editor touches what has changed and nothing between, and the cursor stays where it is.
 */
export function rebase(length: number, rounds: readonly (readonly Change[])[]): Change[] {
  const parts = rounds.reduce<readonly Part[]>(editParts, [{ start: 0, end: length }]);
  const edits: Change[] = [];
  let from = 0;
  let text = "";
  for (const part of [...parts, { start: length, end: length }]) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    if (text !== "" || part.start > from) edits.push({ start: from, end: part.start, text });
    text = "";
    from = part.end;
  }
  return edits;
}

function editParts(parts: readonly Part[], edits: readonly Change[]): readonly Part[] {
  // From the last to the first, so that the offsets of those still to come stay right.
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest, { start, end, text }) => [...cut(rest, 0, start), text, ...cut(rest, end, Infinity)], parts);
}

function cut(parts: readonly Part[], start: number, end: number): Part[] {
  const kept: Part[] = [];
  let offset = 0;
  for (const part of parts) {
    const length = typeof part === "string" ? part.length : part.end - part.start;
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, length);
    if (from < to) kept.push(slice(part, from, to));
    offset += length;
  }
  return kept;
}

function slice(part: Part, from: number, to: number): Part {
  return typeof part === "string" ? part.slice(from, to) : { start: part.start + from, end: part.start + to };
}
