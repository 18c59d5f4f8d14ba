import { dirname, join } from "node:path";
import { globs } from "../core/globs.ts";
import type { Disk } from "./disk.ts";
import { below } from "./paths.ts";
import { readText } from "./reading.ts";

/** Whether git ignores a path, given that it does not ignore the folder that the path is in. */
export type GitIgnores = (path: string, isFolder: boolean) => boolean;

/** The patterns of one file, and the folder that they are relative to. */
type Layer = { readonly folder: string; readonly says: ReturnType<typeof globs> };

/** Reads the `.gitignore` of `top` and of every folder below it, and `.git/info/exclude` of `top`. */
export function gitIgnores(top: string, disk: Disk): GitIgnores {
  const known = new Map<string, readonly Layer[]>();

  /** What counts for the files of a folder. The nearest .gitignore comes first, the repository's own list last. */
  function layersOf(folder: string): readonly Layer[] {
    const layers = known.get(folder) ?? [
      ...layer(folder, join(folder, ".gitignore"), disk),
      ...(folder === top ? layer(top, join(top, ".git", "info", "exclude"), disk) : layersOf(dirname(folder))),
    ];
    known.set(folder, layers);
    return layers;
  }

  return (path, isFolder) => {
    for (const { folder, says } of layersOf(dirname(path))) {
      const verdict = says(below(folder, path) + (isFolder ? "/" : ""));
      if (verdict) return verdict === "ignored";
    }
    return false;
  };
}

function layer(folder: string, path: string, disk: Disk): Layer[] {
  const reading = readText(path, disk);
  return "text" in reading ? [{ folder, says: globs(reading.text) }] : [];
}
