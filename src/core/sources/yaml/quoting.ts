import { isScalar, isSeq, parseDocument } from "yaml";
import { insertable } from "../../word.ts";

/** A word as a new item beside `sibling`, in the same quotes; without quotes only where it reads back as that word. */
export function quotedLike(word: string, sibling: string): string | undefined {
  if (!insertable(word)) return undefined;
  const quote = /^['"]/.exec(sibling)?.[0] ?? (readsAsText(word) ? "" : '"');
  return quote + word + quote;
}

/** What takes the place of a scalar without quotes so that it is read as `word`, or as a value of the kind it was. */
export function plainOrQuoted(word: string, before: string): string | undefined {
  if (!insertable(word)) return undefined;
  const kind = kindOf(word);
  return kind !== undefined && (kind === "string" || kind === kindOf(before)) ? word : `"${word}"`;
}

/** Whether the word without quotes is that text: `true`, `1000`, `22:22` and `a,b` are not. */
function readsAsText(word: string): boolean {
  return kindOf(word) === "string";
}

/** What a word without quotes is in YAML 1.2, and if that is text in 1.1; `undefined` where it is no single value. */
function kindOf(word: string): string | undefined {
  const kind = itemKind(word, "1.2");
  return kind === "string" ? itemKind(word, "1.1") : kind;
}

/** Read as an item of `[…]`, where most is forbidden. */
function itemKind(word: string, version: "1.1" | "1.2"): string | undefined {
  const document = parseDocument(`[${word}]`, { version, logLevel: "silent" });
  const [item, ...more] = isSeq(document.contents) ? document.contents.items : [];
  if (document.errors.length > 0 || !isScalar(item) || more.length > 0) return undefined;
  return typeof item.value === "string" && item.value !== word ? undefined : typeof item.value;
}
