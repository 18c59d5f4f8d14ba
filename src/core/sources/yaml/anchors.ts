import type { CST } from "yaml";
import type { Entry } from "./extent.ts";
import { visitEntries } from "./tokens.ts";

/** A value with the anchor and the tag in front of it, as its document, pair or item holds it. */
export type Holder = {
  readonly marks: readonly CST.SourceToken[];
  readonly token: CST.Token | undefined;
  /** The pair or item; none for a document. */
  readonly entry: Entry | undefined;
};

export function holderOf(entry: Entry): Holder {
  return { marks: entry.sep ?? entry.start, token: entry.value, entry };
}

/** Finds what an alias stands for: the last value before it with that anchor. */
export function anchorsOf(tokens: readonly CST.Token[]): (name: string, before: number) => Holder | undefined {
  const anchors = new Map<string, { readonly offset: number; readonly holder: Holder }[]>();
  visitEntries(tokens, (entry) => {
    const holder = holderOf(entry);
    const mark = holder.marks.find(({ type }) => type === "anchor");
    if (!mark) return;
    const name = mark.source.slice(1);
    const same = anchors.get(name) ?? [];
    same.push({ offset: mark.offset, holder });
    anchors.set(name, same);
  });
  return (name, before) => anchors.get(name)?.findLast(({ offset }) => offset < before)?.holder;
}
