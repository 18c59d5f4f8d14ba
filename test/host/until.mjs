import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds; a real server takes this long to start on a busy machine. */
const longest = 90_000;

/**
 * Looks again and again for what nothing tells of: the disk, the kernel, a clipboard, a process that is not ours.
 * Answers with what it saw; gives up in the end, because a loop behind a test that failed would keep the run alive.
 */
export async function until(look) {
  const deadline = Date.now() + longest;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`It never came: ${look}`);
    await wait(50);
  }
}
