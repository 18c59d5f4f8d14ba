import type { WordNode, WordPart } from "./parse.ts";

/** Offsets of a script. */
type Range = { readonly start: number; readonly end: number };

/** The range of a word; the one inside the quotes where they stand around the whole of it. */
export function insideWord({ pos, end, parts }: WordNode): Range {
  const only = parts?.length === 1 ? parts[0] : undefined;
  const quoted = only?.type === "SingleQuoted" || only?.type === "DoubleQuoted" || only?.type === "AnsiCQuoted";
  return quoted ? insideQuotes(only) : { start: pos, end };
}

/** The range between quotes; the closing one may be missing while someone types. */
export function insideQuotes({ type, pos, end, text }: WordPart): Range {
  const start = pos + (type === "AnsiCQuoted" || type === "LocaleString" ? 2 : 1);
  const quote = type === "SingleQuoted" || type === "AnsiCQuoted" ? "'" : '"';
  return { start, end: end > start && text.endsWith(quote) ? end - 1 : end };
}
