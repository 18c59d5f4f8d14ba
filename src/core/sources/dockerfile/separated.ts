import type { Range } from "./mask.ts";

/**
 * What to delete so that one item leaves a list and takes one separator with it; `undefined` for the only item.
 * Every item takes what stands before it, the first one what stands behind it: so all but the first two can go
 * together in any choice, and of those two one waits for the next pass.
 */
export function removalOf(items: readonly Range[], index: number): Range | undefined {
  const item = items[index];
  const before = items[index - 1];
  const behind = items[index + 1];
  if (!item) return undefined;
  if (before) return { start: before.end, end: item.end };
  return behind && { start: item.start, end: behind.start };
}
