import { isAbsolute, relative, resolve, sep } from "node:path";

/** The three ways a file is named: on the disk, relative to the project's root, and relative to where the user is. */
export type Paths = {
  /** For the engine: relative to the root, with `/`. */
  inProject(absolute: string): string;
  onDisk(inProject: string): string;
  /** For the user: relative to the working directory, with `/`. */
  shown(inProject: string): string;
};

export function pathsFrom(root: string, cwd: string): Paths {
  return {
    inProject: (absolute) => slashed(relative(root, absolute)),
    onDisk: (inProject) => resolve(root, inProject),
    shown: (inProject) => slashed(relative(cwd, resolve(root, inProject))),
  };
}

/** Every system's separators as `/`. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

/** Whether a path is the folder itself or something in it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
