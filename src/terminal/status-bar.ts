import * as vscode from "vscode";
import type { StatusItem } from "../editor/status-item.ts";
import { exposed } from "./exposures-section.ts";
import type { RunningLaunches } from "./running.ts";

/** Says how many launches run that others can reach, with the colour of an error where one is one. */
export function showInStatusBar(running: RunningLaunches, status: StatusItem): vscode.Disposable {
  function update(): void {
    const launches = exposed(running);
    const isError = launches.some(({ verdict }) => verdict?.severity === "error");
    const text = `$(${isError ? "error" : "warning"}) ${launches.length}`;
    const tooltip = vscode.l10n.t("Servers that others can reach: {count}", { count: launches.length });
    const command = "launchGuard.exposures.focus";
    status.show("exposures", launches.length > 0 ? { text, tooltip, command, isError } : undefined);
  }

  update();
  return running.onDidChange(update);
}
