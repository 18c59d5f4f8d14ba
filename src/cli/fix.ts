import type { Finding, Fix } from "../core/finding.ts";
import { applyEdits, type Edit, overlaps } from "../core/text.ts";
import type { Project } from "./project.ts";
import type { Change } from "./write.ts";

/** The fix that may be applied without a person looking: the best safe one that stays within the given files. */
export function safeFix(finding: Finding, { isGiven }: Pick<Project, "isGiven">): Fix | undefined {
  return finding.fixes.find(({ safe, edits }) => safe && edits.length > 0 && edits.every(({ path }) => isGiven(path)));
}

/** A fix can uncover another one; what is not settled after this many rounds never will be. */
const mostPasses = 5;

/** Applies safe fixes to the project's texts until none is left, and says what has changed. */
export function fixProject(project: Project): Change[] {
  const originals = new Map<string, string>();
  for (let pass = 0; pass < mostPasses; pass++) {
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

/** The edits of one pass by file. A fix is applied whole or not at all: one that meets another waits for the next. */
function editsOf(project: Project): Map<string, Edit[]> {
  const result = new Map<string, Edit[]>();
  for (const finding of project.findings()) {
    const edits = safeFix(finding, project)?.edits ?? [];
    if (edits.some((edit) => result.get(edit.path)?.some((taken) => overlaps(edit, taken)))) continue;
    for (const edit of edits) {
      const taken = result.get(edit.path);
      if (taken) taken.push(edit);
      else result.set(edit.path, [edit]);
    }
  }
  return result;
}
