import { setTimeout as pause } from "node:timers/promises";

/** Waits for what only another process knows, such as a line in its log. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10);
}
