import { relative, resolve, sep } from "node:path";

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
    inProject: (absolute) => (isInside(root, absolute) ? below(root, absolute) : slashed(absolute)),
    onDisk: (inProject) => resolve(root, inProject),
    shown: (inProject) => slashed(relative(cwd, resolve(root, inProject))),
  };
}

/** Every system's separators as `/`. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

/** Whether an absolute path is the folder itself or something in it. Asked of every file, so without `relative`. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(ending(folder));
}

/** The way from a folder to something in it, with `/`. */
export function below(folder: string, path: string): string {
  return slashed(path.slice(ending(folder).length));
}

function ending(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
