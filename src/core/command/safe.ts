import { fittingEdits, mostRounds } from "../fixes.ts";
import { applyEdits, type Edit } from "../text.ts";
import { isExposed, type Judge, type Whereabouts } from "./judge.ts";
import { type Typed, typedPath } from "./typed.ts";

/** A command that opens nothing any more: the line to run, and the files that have to be as they are here first. */
export type SafeCommand = { readonly text: string; readonly files: ReadonlyMap<string, string> };

/**
 * The same command after every safe fix, in the line and in the files that it leads to; `undefined` where others would
 * still get to something, or where nothing has to be changed. `mayChange` says which files may be.
 */
export function safeCommand(
  typed: Typed,
  judge: Judge,
  place: Whereabouts,
  mayChange: (path: string) => boolean,
): SafeCommand | undefined {
  const files = new Map<string, string>();
  let text = typed.text;
  const changed: Whereabouts = { ...place, read: (path) => files.get(path) ?? place.read(path) };
  for (let round = 0; round < mostRounds; round++) {
    const judged = judge.judge({ ...typed, text }, changed);
    const findings = judged.flatMap((each) => each.findings).filter(({ severity }) => severity !== "info");
    const edits = fittingEdits(findings, (path) => path === typedPath || mayChange(path));
    if (edits.length === 0) {
      const isChanged = text !== typed.text || files.size > 0;
      return isChanged && !judged.some(isExposed) ? { text, files } : undefined;
    }
    for (const [path, own] of byPath(edits)) {
      if (path === typedPath) text = applyEdits(text, own);
      else files.set(path, applyEdits(changed.read(path) ?? "", own));
    }
  }
  return undefined;
}

/** Edits that several findings ask for are made once. */
function byPath(edits: readonly Edit[]): Map<string, Edit[]> {
  const paths = new Map<string, Edit[]>();
  for (const edit of edits) paths.set(edit.path, [...(paths.get(edit.path) ?? []), edit]);
  return paths;
}
