import type { Finding, Fix } from "./finding.ts";
import { type Edit, overlaps } from "./text.ts";

/** A fix can uncover another one; what is not settled after this many rounds never will be. */
export const mostRounds = 5;

/** The fix that may be applied without a person looking: the best safe one that changes only files that it may. */
export function safeFix({ fixes }: Finding, mayChange: (path: string) => boolean): Fix | undefined {
  return fixes.find(({ safe, edits }) => safe && edits.length > 0 && edits.every(({ path }) => mayChange(path)));
}

/**
 * The edits of the safe fixes that fit together. A fix is applied whole or not at all: one that gets in the way of another
 * waits for the next round.
 */
export function fittingEdits(findings: readonly Finding[], mayChange: (path: string) => boolean): Edit[] {
  const taken: Edit[] = [];
  for (const finding of findings) {
    const edits = safeFix(finding, mayChange)?.edits ?? [];
    const meets = (edit: Edit) => taken.some((other) => other.path === edit.path && overlaps(edit, other));
    if (!edits.some(meets)) taken.push(...edits);
  }
  return taken;
}
