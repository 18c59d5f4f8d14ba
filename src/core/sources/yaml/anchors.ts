import type { CST } from "yaml";
import { type Entry, headEnd } from "./extent.ts";
import { allTokens } from "./tokens.ts";

/** A value with the anchor and the tag in front of it, as its document, pair or item holds it. */
export type Holder = {
  readonly marks: readonly CST.SourceToken[];
  readonly token: CST.Token | undefined;
  /** Where what stands in front of the value ends: its `key:` or its `-`. */
  readonly head: number | undefined;
};

export function holderOf(entry: Entry): Holder {
  return { marks: entry.sep ?? entry.start, token: entry.value, head: headEnd(entry) };
}

/** Finds what an alias stands for: the last value before it with that anchor. */
export function anchorsOf(tokens: readonly CST.Token[]): (name: string, before: number) => Holder | undefined {
  const anchors = new Map<string, { readonly offset: number; readonly holder: Holder }[]>();
  for (const token of allTokens(tokens)) {
    if (!("items" in token)) continue;
    for (const entry of token.items) {
      const holder = holderOf(entry);
      const mark = holder.marks.findLast(({ type }) => type === "anchor");
      if (!mark) continue;
      const name = mark.source.slice(1);
      anchors.set(name, [...(anchors.get(name) ?? []), { offset: mark.offset, holder }]);
    }
  }
  return (name, before) => anchors.get(name)?.findLast(({ offset }) => offset < before)?.holder;
}
