import { type Guard, list } from "./guard.ts";
import type { Kept } from "./remembered.ts";
import type { Started } from "./started.ts";

/** Lists again what ran before the window was reloaded. Its user was told then. */
export async function listAgain({ detached, isWhole, since }: Kept, started: Started, guard: Guard): Promise<void> {
  const judged = await guard.judging(started);
  if (!judged) return;
  // Without its secret the line would run something else.
  const command = isWhole ? judged : { ...judged, safe: () => undefined };
  for (const launch of judged.launches)
    if (launch.launch.detached === detached) list(launch, started, command, guard, since);
}
