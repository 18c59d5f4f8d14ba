/** Whether a name fits a pattern of `*` and `?`, as match.c has it: case counts, and every character is itself. */
export function fits(name: string, pattern: string): boolean {
  // By hand: `*a*a*a…` as a regular expression would take forever on some names.
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      resume = at;
    } else if (wanted === "?" || (wanted !== undefined && wanted === name[at])) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

/** A list of patterns as on a `Host` line: one that begins with `!` and fits rules the others out. */
export function fitsAny(name: string, patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith("!") && fits(name, pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && fits(name, pattern));
}
