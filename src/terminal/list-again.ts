import type * as vscode from "vscode";
import { type Guard, list } from "./guard.ts";
import type { Machine } from "./machine.ts";
import { remembered } from "./remembered.ts";

/** Lists again what ran before the window was reloaded. Its user was told then. */
export async function listAgain(state: vscode.Memento, machine: Machine, guard: Guard): Promise<void> {
  for (const { kept, started } of await remembered(state, machine)) {
    const judged = await guard.judging(started);
    const launches = judged?.launches.filter(({ launch }) => launch.detached === kept.detached) ?? [];
    for (const launch of launches) {
      // Without its secret the line would run something else.
      const command = judged && (kept.isWhole ? judged : { ...judged, safe: () => undefined });
      if (command) list(launch, started, command, guard, kept.since);
    }
  }
}
