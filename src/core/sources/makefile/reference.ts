/**
 * The offset behind what a dollar begins: `$$`, `$X`, `$(…)`, `${…}`. Inside, only parentheses of the same kind count.
 * Source: GNU make manual 6.1 (Basics of Variable References) and 8.1 (Function Call Syntax).
 */
export function behindReference(text: string, start: number): number {
  const open = text[start + 1];
  if (open !== "(" && open !== "{") return Math.min(start + 2, text.length);
  const close = open === "(" ? ")" : "}";
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close) depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** The first place at or behind `from` where `pattern` matches outside of references. `pattern` needs the `y` flag. */
export function findOutside(text: string, pattern: RegExp, from = 0): RegExpExecArray | undefined {
  let at = from;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return found;
    at = text[at] === "$" ? behindReference(text, at) : at + 1;
  }
  return undefined;
}
