import * as vscode from "vscode";
import type { Tunnels } from "./tunnels.ts";

const shownMs = 10_000;

/** Says where a tunnel is when another program has its usual port: once, since the port is remembered from then on. */
export function tellOtherPort(tunnels: Tunnels): vscode.Disposable {
  const told = new Set<string>();
  return tunnels.onDidChangeState(({ saved: { id, name }, status }) => {
    if (status?.portWanted === undefined || status.elsewhere || told.has(id)) return;
    told.add(id);
    const ports = { wanted: status.portWanted, port: status.localPort, name };
    const text = vscode.l10n.t("Port {wanted} is taken on this machine; {name} has {port} instead.", ports);
    vscode.window.setStatusBarMessage(text, shownMs);
  });
}
