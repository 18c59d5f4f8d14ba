/** The folder that a file stands in; empty for the workspace itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** A path as seen from a folder, without `.` and `..`; `undefined` where it leads out of the workspace. */
export function pathFrom(folder: string, path: string): string | undefined {
  if (/^([/~\\]|[A-Za-z]:[\\/])/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === ".." && parts.pop() === undefined) return undefined;
    if (part !== ".." && part !== "." && part !== "") parts.push(part);
  }
  const root = folder.startsWith("/") ? "/" : "";
  return root + parts.join("/");
}
