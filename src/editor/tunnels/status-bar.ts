import * as vscode from "vscode";
import type { StatusItem } from "../status-item.ts";
import type { Tunnels } from "./tunnels.ts";

/** Says how many tunnels are open, or in the colour of an error how many are broken. */
export function showStatusBar(tunnels: Tunnels, status: StatusItem): vscode.Disposable {
  function update(): void {
    const states = tunnels.all().flatMap((tunnel) => (tunnel.status ? [tunnel.status.state.state] : []));
    const failed = states.filter((state) => state === "failed").length;
    const open = states.filter((state) => state !== "failed" && state !== "stopped").length;
    const waiting = states.some((state) => state === "connecting" || state === "checking" || state === "reconnecting");
    const text = failed > 0 ? `$(error) ${failed}` : `$(${waiting ? "sync~spin" : "plug"}) ${open}`;
    const tooltip = vscode.l10n.t("Tunnels: {open} open, {failed} broken", { open, failed });
    const command = "launchGuard.tunnels.focus";
    status.show("tunnels", open + failed > 0 ? { text, tooltip, command, isError: failed > 0 } : undefined);
  }

  update();
  return tunnels.onDidChange(update);
}
