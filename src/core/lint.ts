import type { Config } from "./config.ts";
import type { Finding } from "./finding.ts";
import type { Workspace } from "./sources/source.ts";

/**
 * The engine's front door: everything there is to say about one file, sorted by place.
 *
 * Findings stand in that file only; a launch that spans several files is reported in each of them when that one is
 * linted, which is why the workspace has to know the `referrers`. Never throws on any text.
 */
export function lint(_path: string, _workspace: Workspace, _config?: Config): Finding[] {
  return [];
}

/** The files that `path` leads to (its Dockerfile, scripts, `.env`), for hosts that keep the `referrers`. */
export function linksOf(_path: string, _workspace: Workspace): readonly string[] {
  return [];
}

/** Whether the engine reads this kind of file at all; `text` helps with scripts that have no extension. */
export function isReadable(_path: string, _text?: string): boolean {
  return false;
}

/**
 * Where an ignore comment for a finding goes: the edit that writes it, in the file's own comment syntax, above the
 * smallest statement that holds the finding, and the offset behind it, in the new text, where the reason is typed.
 */
export function ignoreEdit(
  _finding: Finding,
  _workspace: Workspace,
): { edit: import("./text.ts").Edit; cursor: number } | undefined {
  return undefined;
}
