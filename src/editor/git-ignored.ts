import { globs } from "../core/globs.ts";

/** Whether git ignores a file, by the `.gitignore` files of its folders; paths are relative to the project's root. */
export type GitIgnored = (path: string) => boolean;

export function gitIgnored(read: (path: string) => string | undefined): GitIgnored {
  const compiled = new Map<string, ReturnType<typeof globs>>();

  function patternsIn(folder: string): ReturnType<typeof globs> {
    const text = read(`${folder}.gitignore`) ?? "";
    const known = compiled.get(text) ?? globs(text);
    compiled.set(text, known);
    return known;
  }

  /** The nearest `.gitignore` that says anything of it decides. */
  function isIgnoredItself(path: string): boolean {
    for (const folder of foldersOf(path).toReversed()) {
      const verdict = patternsIn(folder)(path.slice(folder.length));
      if (verdict) return verdict === "ignored";
    }
    return false;
  }

  // Nothing in an ignored folder can be taken back in.
  return (path) => [...foldersOf(path).slice(1), path].some(isIgnoredItself);
}

/** The folders that hold a path, outermost first, each with its `/`: `"", "a/", "a/b/"` for `a/b/c` and for `a/b/c/`. */
function foldersOf(path: string): string[] {
  const names = path.replace(/\/$/, "").split("/").slice(0, -1);
  return ["", ...names.map((_, last) => `${names.slice(0, last + 1).join("/")}/`)];
}
