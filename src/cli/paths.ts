import { isAbsolute, relative, resolve, sep } from "node:path";

/** The three ways a file is named: on the disk, relative to the project's root, and relative to where the user is. */
export type Paths = {
  /** For the engine: relative to the root, with `/`; absolute for what lies outside. */
  inProject(absolute: string): string;
  onDisk(inProject: string): string;
  /** For the user: relative to the working directory, with `/`. */
  shown(inProject: string): string;
};

export function pathsFrom(root: string, cwd: string): Paths {
  return {
    inProject: (absolute) => slashed(isInside(root, absolute) ? relative(root, absolute) : absolute),
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

/** The way from a folder to something in it, with `/`; for absolute paths, and faster than `relative`. */
export function below(folder: string, path: string): string {
  return slashed(path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1));
}
