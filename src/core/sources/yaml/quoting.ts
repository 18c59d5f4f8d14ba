import { insertable } from "../../word.ts";

/** A word as a new item beside `sibling`, in the same quotes; without quotes only where it reads back as that word. */
export function quotedLike(word: string, sibling: string): string | undefined {
  if (!insertable(word)) return undefined;
  const quote = /^['"]/.exec(sibling)?.[0] ?? (kindOf(word) === "string" ? "" : '"');
  return quote + word + quote;
}

/** What takes the place of a scalar without quotes so that it is read as `word`, or as a value of the kind it was. */
export function plainOrQuoted(word: string, before: string): string | undefined {
  if (!insertable(word)) return undefined;
  const kind = kindOf(word);
  return kind !== undefined && (kind === "string" || kind === kindOf(before)) ? word : `"${word}"`;
}

/**
 * What a word without quotes is, in YAML 1.1 or 1.2, whichever takes it for more than text: `22:22` is a number in 1.1.
 * Source: yaml.org/type/{null,bool,int,float,timestamp}.html and the core schema of YAML 1.2, 10.3.2.
 */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["null", /^(~|null)$/i],
  ["boolean", /^(true|false|yes|no|on|off|y|n)$/i],
  [
    "number",
    /^[-+]?(0b[01_]+|0x[\da-f_]+|0o[0-7]+|\.inf|[\d][\d_]*(:[0-5]?\d)*(\.[\d_]*)?(e[-+]?\d+)?|\.\d[\d_]*(e[-+]?\d+)?)$/i,
  ],
  ["number", /^\.nan$/i],
  ["date", /^\d{4}-\d\d?-\d\d?([Tt].*)?$/],
  // A comma would end it in `[…]`, a colon at its end would make it a key, and some characters may not begin it.
  ["string", /^(-+[\w./]|[\w./+])([\w./:=@%+-]*[\w./=@%+-])?$/],
];

/** `undefined` for a word that is no single value. */
function kindOf(word: string): string | undefined {
  return kinds.find(([, pattern]) => pattern.test(word))?.[0];
}
