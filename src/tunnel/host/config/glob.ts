import { readdirSync, statSync } from "node:fs";
import { join, parse } from "node:path";
import { fits } from "./pattern.ts";

/** The files behind an absolute path with `*` and `?`, sorted by name; no error where there are none. */
export function filesOf(path: string): readonly string[] {
  const { root } = parse(path);
  const parts = path
    .slice(root.length)
    .split(/[\\/]+/)
    .filter((part) => part !== "");
  return parts.reduce<readonly string[]>(
    (folders, part) => folders.flatMap((folder) => entriesOf(folder, part)),
    [root],
  );
}

function entriesOf(folder: string, part: string): readonly string[] {
  const path = join(folder, part);
  if (!/[*?]/.test(part)) return exists(path) ? [path] : [];
  try {
    // As in glob(7), a wildcard does not stand for the dot of a hidden file.
    const names = readdirSync(folder).filter((name) => part.startsWith(".") || !name.startsWith("."));
    return names
      .filter((name) => fits(name, part))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    // Also a name with a zero byte, which `stat` refuses to look at.
    return false;
  }
}
