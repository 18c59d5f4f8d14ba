import ignore from "ignore";

/** What a list of patterns says of a path: ignored, taken back in by a `!` pattern, or nothing. */
export type Verdict = "ignored" | "kept" | undefined;

/**
 * Reads patterns as `.gitignore` does. Paths are relative to the folder that the patterns belong to, with `/`; a
 * folder's path ends in `/`. Case matters everywhere, so that every machine finds the same files.
 */
export function globs(patterns: string | readonly string[]): (path: string) => Verdict {
  const rules = ignore({ ignorecase: false }).add(patterns);
  return (path) => {
    // Patterns say nothing of the folder itself, nor of what lies outside it.
    if (!ignore.isPathValid(path)) return undefined;
    const { ignored, unignored } = rules.test(path);
    if (ignored) return "ignored";
    return unignored ? "kept" : undefined;
  };
}
