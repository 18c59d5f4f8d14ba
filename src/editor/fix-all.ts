import type { Finding, Fix } from "../core/finding.ts";
import { applyEdits, type Edit, overlaps } from "../core/text.ts";
import type { Engine } from "./engine.ts";
import type { Project } from "./project.ts";
import { rebase } from "./rebase.ts";

/** A fix can uncover another one; what is not settled after this many rounds never will be. */
const mostRounds = 5;

/** The edits that settle all that can safely be settled within a file. */
export function safeEdits(path: string, project: Project, engine: Engine): Edit[] {
  const original = project.files.read(path) ?? "";
  const rounds: Edit[][] = [];
  let text = original;
  while (rounds.length < mostRounds) {
    const workspace = project.workspace(new Map([[path, text]]));
    const edits = editsFor(engine.lint(path, workspace, project.configuration().config), path);
    if (edits.length === 0) break;
    rounds.push(edits);
    text = applyEdits(text, edits);
  }
  return rebase(original.length, rounds).map((edit) => ({ ...edit, path }));
}

/** The fix that may be applied without a person looking: the best safe one that stays within the file. */
export function safeFix({ fixes }: Finding, path: string): Fix | undefined {
  return fixes.find(({ safe, edits }) => safe && edits.length > 0 && edits.every((edit) => edit.path === path));
}

/** A fix is applied whole or not at all: one that gets in the way of another waits for the next round. */
function editsFor(findings: readonly Finding[], path: string): Edit[] {
  const taken: Edit[] = [];
  for (const finding of findings) {
    const edits = safeFix(finding, path)?.edits ?? [];
    if (!edits.some((edit) => taken.some((other) => overlaps(edit, other)))) taken.push(...edits);
  }
  return taken;
}
