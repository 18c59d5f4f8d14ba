import type { Config } from "../../src/core/config.ts";
import { defaultConfig } from "../../src/core/config.ts";
import type { Finding } from "../../src/core/finding.ts";
import { lint } from "../../src/core/lint.ts";
import type { Workspace } from "../../src/core/sources/source.ts";
import { applyEdits, type Place } from "../../src/core/text.ts";

/** The one place in which tests call the engine. */

/** Files by path, as a workspace in which `links` leads from each file to others. */
export function workspaceOf(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, readonly string[]>> = {},
): Workspace {
  return {
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    referrers: (path) => Object.keys(links).filter((from) => links[from]?.includes(path)),
  };
}

/** What is found in one file that stands alone. */
export function findingsIn(path: string, text: string, config: Config = defaultConfig): Finding[] {
  return lint(path, workspaceOf({ [path]: text }), config);
}

/** The text without `«»`, and what they mark. */
export function unmarked(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  return { text: marked.replace(/[«»]/g, ""), start, end };
}

/** The text with `«»` around a place. */
export function marked(text: string, { start, end }: Pick<Place, "start" | "end">): string {
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

/** The text after a finding's first fix, as far as it is in this file. */
export function afterFirstFix(path: string, text: string, finding: Finding | undefined): string | undefined {
  const edits = finding?.fixes[0]?.edits;
  return (
    edits &&
    applyEdits(
      text,
      edits.filter((edit) => edit.path === path),
    )
  );
}
