import { resolve } from "node:path";
import type { Where } from "./given.ts";
import { isInside } from "./paths.ts";
import type { Surroundings } from "./project.ts";
import { readText } from "./reading.ts";
import { walk } from "./walk.ts";
import type { Engine } from "./world.ts";

/** In a project larger than this, nobody should wait for a search for the files that lead to the given ones. */
const mostFolders = 2000;

/** What is around the files that `named` stands for: neighbours by path, and whatever in the project leads to them. */
export function surroundings(named: readonly string[], engine: Engine, where: Where): Surroundings {
  const { cwd, disk, root, paths } = where;
  const starts = named.map((name) => resolve(cwd, name));
  const allGiven = starts.some((start) => isInside(start, root.folder));
  // Links stay in a project, so nothing in it leads to a file outside.
  const noneInside = !starts.some((start) => isInside(root.folder, start));
  return {
    read(path) {
      const reading = readText(paths.onDisk(path), disk);
      return "text" in reading ? reading.text : undefined;
    },
    others() {
      if (allGiven || noneInside) return [];
      const files = walk(root.folder, disk, { excludes: root.excludes, onError: () => undefined, mostFolders });
      return files.map(paths.inProject).filter((path) => engine.mayBeReadable(path));
    },
  };
}
