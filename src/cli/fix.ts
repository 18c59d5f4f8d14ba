import { fittingEdits, mostRounds } from "../core/fixes.ts";
import { applyEdits, type Edit } from "../core/text.ts";
import type { Project } from "./project.ts";
import type { Change } from "./write.ts";

/** Applies safe fixes to the project's texts until none is left, and says what has changed. */
export function fixProject(project: Project): Change[] {
  const originals = new Map<string, string>();
  for (let round = 0; round < mostRounds; round++) {
    const edits = editsOf(project);
    if (edits.size === 0) break;
    for (const [path, changes] of edits) {
      const text = project.text(path) ?? "";
      if (!originals.has(path)) originals.set(path, text);
      project.change(path, applyEdits(text, changes));
    }
  }
  return Array.from(originals, ([path, before]) => ({ path, before, after: project.text(path) ?? before }));
}

/** The edits of one round by file. */
function editsOf(project: Project): Map<string, Edit[]> {
  const result = new Map<string, Edit[]>();
  for (const edit of fittingEdits(project.findings(), project.isGiven)) {
    result.set(edit.path, [...(result.get(edit.path) ?? []), edit]);
  }
  return result;
}
