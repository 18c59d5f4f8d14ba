import type { Mapped } from "../../mapped.ts";
import type { Workspace } from "../source.ts";

/** What a COPY or ADD puts into the image. */
export type Copy = {
  /** Paths in the build context, or in the stage of `from`. */
  readonly sources: readonly string[];
  /** An absolute path in the image, of the file or of the folder that they are put in. */
  readonly destination: string;
  /** The stage or image that `--from` names. */
  readonly from: string | undefined;
  /** Files whose text stands in the Dockerfile, as heredocs. */
  readonly scripts: readonly Script[];
};

/** A file made by a heredoc; in a folder it has the heredoc's name. */
export type Script = { readonly name: string; readonly text: Mapped };

/** What holds files: a stage, and the stages that it is made from. */
export type Layers = {
  readonly workdir: string;
  readonly copies: readonly Copy[];
  readonly parent: Layers | undefined;
  stageNamed(name: string): Layers | undefined;
};

export type Context = { readonly folder: string; readonly workspace: Workspace };

/** A file of an image: one of the workspace, or one that the Dockerfile itself holds. */
export type ImageFile = { readonly path: string } | { readonly script: Mapped };

/** Finds the file that stands at a path of the image; relative ones are looked up in the working directory and PATH. */
export function findInImage(layers: Layers, path: string, context: Context): ImageFile | undefined {
  const search: Search = { context, stepsLeft: maxSteps };
  const folders = path.includes("/") ? [layers.workdir] : [layers.workdir, ...programFolders];
  for (const folder of folders) {
    const found = findAt(layers, normalPath(path, folder), search);
    if (found) return found;
  }
  return undefined;
}

/** The path without `.`, `..` and doubled slashes, absolute in the image. */
export function normalPath(path: string, folder = "/"): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const programFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

// Stages that copy from each other can lead to very many paths.
const maxSteps = 1000;
type Search = { readonly context: Context; stepsLeft: number };

function findAt(layers: Layers, path: string, search: Search): ImageFile | undefined {
  for (let layer: Layers | undefined = layers; layer; layer = layer.parent) {
    for (const copy of layer.copies.toReversed()) {
      search.stepsLeft -= 1;
      if (search.stepsLeft < 0) return undefined;
      const found = findInCopy(layer, copy, path, search);
      if (found) return found;
    }
  }
  return undefined;
}

function findInCopy(layer: Layers, copy: Copy, path: string, search: Search): ImageFile | undefined {
  for (const script of copy.scripts) {
    if (path === copy.destination || path === normalPath(script.name, copy.destination)) {
      return { script: script.text };
    }
  }
  for (const source of copy.sources) {
    for (const candidate of sourcePaths(source, copy.destination, path)) {
      const found = readSource(layer, copy.from, candidate, search);
      if (found) return found;
    }
  }
  return undefined;
}

/** The source paths that may have become `path`: of a file by its new or its own name, or within a copied folder. */
function sourcePaths(source: string, destination: string, path: string): string[] {
  const folder = destination === "/" ? "/" : `${destination}/`;
  const own = normalPath(source);
  if (path === destination) return [own];
  if (!path.startsWith(folder)) return [];
  const inside = path.slice(folder.length);
  if (own.includes("*")) return matchesWildcard(own, inside) ? [normalPath(`${own}/../${inside}`)] : [];
  return [...(own.endsWith(`/${inside}`) ? [own] : []), normalPath(inside, own)];
}

/** Whether `*` in the last part of the source's path stands for the file; other wildcards are not followed. */
function matchesWildcard(source: string, name: string): boolean {
  const [head = "", tail = "", ...more] = source.slice(source.lastIndexOf("/") + 1).split("*");
  const isLong = name.length >= head.length + tail.length;
  return more.length === 0 && isLong && !name.includes("/") && name.startsWith(head) && name.endsWith(tail);
}

function readSource(layer: Layers, from: string | undefined, path: string, search: Search): ImageFile | undefined {
  if (from !== undefined) {
    const stage = layer.stageNamed(from);
    return stage && findAt(stage, path, search);
  }
  const { folder, workspace } = search.context;
  const local = normalPath(`${folder}${path}`).slice(1);
  return workspace.read(local) === undefined ? undefined : { path: local };
}
