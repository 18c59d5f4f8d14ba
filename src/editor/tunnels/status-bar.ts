import * as vscode from "vscode";
import type { Tunnels } from "./tunnels.ts";

/** One item: how many tunnels are open, or in the colour of an error how many are broken. */
export function showStatusBar(tunnels: Tunnels): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("launchGuard.tunnels", vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t("Launch Guard: Tunnels");
  item.command = "launchGuard.tunnels.focus";

  function update(): void {
    const states = tunnels.all().flatMap(({ status }) => (status ? [status.state.state] : []));
    const failed = states.filter((state) => state === "failed").length;
    const open = states.filter((state) => state !== "failed" && state !== "stopped").length;
    const waiting = states.some((state) => state === "connecting" || state === "checking" || state === "reconnecting");
    item.text = failed > 0 ? `$(error) ${failed}` : `$(${waiting ? "sync~spin" : "plug"}) ${open}`;
    item.tooltip = vscode.l10n.t("Tunnels: {open} open, {failed} broken", { open, failed });
    item.accessibilityInformation = { label: item.tooltip };
    item.backgroundColor = failed > 0 ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (open + failed > 0) item.show();
    else item.hide();
  }

  update();
  return vscode.Disposable.from(item, tunnels.onDidChange(update));
}
