import type { CST } from "yaml";

/** An item of a sequence or a pair of a map, as the parser's own tree has it. */
export type Entry = CST.CollectionItem;
export type Extent = { readonly start: number; readonly end: number };

/**
 * From the first to the last character that belongs to an entry: `-`, `?`, anchors and tags with it, but no comma, no
 * comment around it and no space. `undefined` for an entry that is only a comma or a comment.
 */
export function extentOf(entry: Entry): Extent | undefined {
  const start = startOf(entry);
  return start === undefined ? undefined : { start, end: endOf(entry) ?? start };
}

/** Whether it is more than a comma or a comment. */
export function isEntry(entry: Entry): boolean {
  return startOf(entry) !== undefined;
}

function startOf(entry: Entry): number | undefined {
  const head = entry.start.find(isMark)?.offset ?? entry.key?.offset;
  return head ?? entry.sep?.find(isMark)?.offset ?? entry.value?.offset;
}

/** The end of what stands before an entry's value: its `-`, its `:`, the value's anchor and tag. */
export function headEnd(entry: Entry): number | undefined {
  const mark = entry.sep?.findLast(isMark) ?? (entry.key ? undefined : entry.start.findLast(isMark));
  return mark && mark.offset + mark.source.length;
}

function endOf(entry: Entry): number | undefined {
  if (entry.value) return valueEnd(entry.value) ?? headEnd(entry);
  if (entry.sep?.some(isMark)) return headEnd(entry);
  return entry.key ? valueEnd(entry.key) : headEnd(entry);
}

/** The end of a value, without the comment and the space behind it. */
export function valueEnd(token: CST.Token): number | undefined {
  switch (token.type) {
    case "alias":
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      return token.offset + token.source.length;
    case "block-scalar":
      return token.offset + [...token.props, token].map(sourceOf).join("").trimEnd().length;
    case "flow-collection": {
      const close = token.end.find(({ type }) => type === "flow-map-end" || type === "flow-seq-end");
      return close ? close.offset + 1 : (lastEnd(token.items) ?? token.start.offset + 1);
    }
    case "block-map":
    case "block-seq":
      return lastEnd(token.items);
    default:
      return undefined;
  }
}

function lastEnd(entries: readonly Entry[]): number | undefined {
  const last = entries.findLast(isEntry);
  return last && endOf(last);
}

function sourceOf(token: CST.Token): string {
  return "source" in token ? token.source : "";
}

function isMark({ type }: CST.SourceToken): boolean {
  return type !== "space" && type !== "newline" && type !== "comment" && type !== "comma";
}
