import * as vscode from "vscode";
import { keygenCommand } from "../../tunnel/known-hosts/command.ts";
import { pickOne } from "./pick.ts";
import type { TrustedHost, TrustedHosts } from "./trusted-hosts.ts";

/**
 * Takes trust back from a host. The key stands in the user's known_hosts, which only they change: the command that
 * takes it out is put into a terminal, and they press Enter.
 */
export async function forgetTrustedHost(trusted: TrustedHosts): Promise<void> {
  const hosts = trusted.all();
  if (hosts.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No host was trusted from here."));
    return;
  }
  const placeholder = vscode.l10n.t("Forget the key of which host?");
  const items = hosts.map((host) => ({ label: nameOf(host), description: host.fingerprint, value: host }));
  const picked = await pickOne({
    title: vscode.l10n.t("Forget a Trusted Host"),
    step: 1,
    steps: 1,
    placeholder,
    items,
  });
  if (typeof picked !== "object") return;
  const terminal = vscode.window.createTerminal({ name: vscode.l10n.t("Forget a Trusted Host") });
  terminal.show();
  terminal.sendText(keygenCommand("-R", picked.value.identity, picked.value.file), false);
  await trusted.remove(picked.value);
}

function nameOf({ name, hostname, port }: TrustedHost): string {
  return port === 22 ? `${name} (${hostname})` : `${name} (${hostname}:${port})`;
}
