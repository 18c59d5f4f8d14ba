import { dirname, join, relative } from "node:path";
import { globs, type Verdict } from "../project/globs.ts";
import type { Disk } from "./disk.ts";
import { slashed } from "./paths.ts";
import { readText } from "./reading.ts";

/** Whether git ignores a path, given that it does not ignore the folder that the path is in. */
export type GitIgnores = (path: string, isFolder: boolean) => boolean;

/** Reads the `.gitignore` of `top` and of every folder below it, and `.git/info/exclude` of `top`. */
export function gitIgnores(top: string, disk: Disk): GitIgnores {
  const read = new Map<string, ReturnType<typeof globs>>();
  const exclude = patternsIn(join(top, ".git", "info", "exclude"), disk);

  function verdictOf(folder: string, path: string, slash: string): Verdict {
    const patterns = read.get(folder) ?? patternsIn(join(folder, ".gitignore"), disk);
    read.set(folder, patterns);
    return patterns(slashed(relative(folder, path)) + slash);
  }

  return (path, isFolder) => {
    const slash = isFolder ? "/" : "";
    // The nearest .gitignore that says something wins; the repository's own list comes last.
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const verdict = verdictOf(folder, path, slash);
      if (verdict) return verdict === "ignored";
      if (folder === top || folder === dirname(folder)) break;
    }
    return exclude(slashed(relative(top, path)) + slash) === "ignored";
  };
}

function patternsIn(path: string, disk: Disk): ReturnType<typeof globs> {
  const reading = readText(path, disk);
  return "text" in reading ? globs(reading.text) : () => undefined;
}
