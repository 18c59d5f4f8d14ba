import { fittingEdits, mostRounds } from "../core/fixes.ts";
import { applyEdits, type Edit } from "../core/text.ts";
import type { Engine } from "./engine.ts";
import type { Project } from "./project.ts";
import { rebase } from "./rebase.ts";

/** The edits that settle all that can safely be settled within a file. */
export function safeEdits(path: string, project: Project, engine: Engine): Edit[] {
  const original = project.files.read(path) ?? "";
  const rounds: Edit[][] = [];
  let text = original;
  while (rounds.length < mostRounds) {
    const workspace = project.workspace(new Map([[path, text]]));
    const findings = engine.lint(path, workspace, project.configuration().config);
    const edits = fittingEdits(findings, (other) => other === path);
    if (edits.length === 0) break;
    rounds.push(edits);
    text = applyEdits(text, edits);
  }
  return rebase(original.length, rounds).map((edit) => ({ ...edit, path }));
}
