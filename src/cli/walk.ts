import { dirname, join } from "node:path";
import type { Disk, Entry } from "./disk.ts";
import { type GitIgnores, gitIgnores } from "./gitignore.ts";
import { isInside } from "./paths.ts";
import { repositoryOf } from "./root.ts";

export type WalkOptions = {
  /** Whether the configuration excludes a path. */
  excludes(path: string, isFolder: boolean): boolean;
  /** A folder could not be listed. */
  onError(folder: string, error: unknown): void;
  /** How many folders are looked into at most; without it, all. */
  readonly mostFolders?: number;
};

/**
 * The files of a folder and the folders in it, without those that git ignores or the configuration excludes. Nearer
 * ones come first. Symbolic links are not followed, so nothing is found twice or outside.
 */
export function walk(start: string, disk: Disk, options: WalkOptions): string[] {
  const ignores = ignoresFrom(start, disk);
  const files: string[] = [];
  const folders = [start];
  // `folders` grows while it is walked.
  for (const [index, folder] of folders.entries()) {
    if (index === options.mostFolders) break;
    for (const { name, kind } of entriesOf(folder, disk, options)) {
      const path = join(folder, name);
      const isFolder = kind === "folder";
      if ((kind !== "file" && !isFolder) || neverWalked.has(name)) continue;
      if (ignores(path, isFolder) || options.excludes(path, isFolder)) continue;
      (isFolder ? folders : files).push(path);
    }
  }
  return files;
}

/** What is in them was not written here. */
const neverWalked = new Set([".git", "node_modules"]);

/** A folder that git ignores was named on purpose: then only what is said inside it counts. */
function ignoresFrom(start: string, disk: Disk): GitIgnores {
  const top = repositoryOf(start, disk) ?? start;
  const ignores = gitIgnores(top, disk);
  return isIgnored(start, top, ignores) ? gitIgnores(start, disk) : ignores;
}

function isIgnored(folder: string, top: string, ignores: GitIgnores): boolean {
  if (folder === top || !isInside(top, folder)) return false;
  return isIgnored(dirname(folder), top, ignores) || ignores(folder, true);
}

function entriesOf(folder: string, disk: Disk, { onError }: WalkOptions): readonly Entry[] {
  try {
    return disk.list(folder).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    onError(folder, error);
    return [];
  }
}
