import type { Where } from "./given.ts";
import { CliError, systemReason } from "./problem.ts";
import { readText } from "./reading.ts";

/** A file that is changed; `path` is relative to the project's root. */
export type Change = { readonly path: string; readonly before: string; readonly after: string };

/** Writes changed files, each at once. A file that someone else has changed since it was read stays theirs. */
export function writeChanges(changes: readonly Change[], { disk, paths }: Pick<Where, "disk" | "paths">): void {
  for (const { path, before, after } of changes) {
    const file = paths.onDisk(path);
    const now = readText(file, disk);
    if (!("text" in now) || now.text !== before) {
      throw new CliError("write", `${paths.shown(path)} was changed by someone else meanwhile and is left as it is`);
    }
    try {
      disk.replace(file, after);
    } catch (error) {
      throw new CliError("write", `${paths.shown(path)} cannot be written: ${systemReason(error)}`, error);
    }
  }
}
