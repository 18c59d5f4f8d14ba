import * as vscode from "vscode";
import { plainListing } from "../../tunnel/local/listing.ts";
import { sshRemoteOf } from "../ssh-remote.ts";
import { auditRemoteHost } from "../tunnels/audit-remote.ts";
import type { Desk } from "../tunnels/desk.ts";
import { type PickItem, pickOne } from "../tunnels/pick.ts";

/** Where this window works on another machine than we run on: an audit of that one, or a plain listing there. */
export async function lookElsewhere(desk: Desk): Promise<void> {
  const host = sshRemoteOf(vscode.workspace.workspaceFolders?.[0]?.uri.authority);
  const audit: PickItem<() => Promise<void>>[] =
    host === undefined
      ? []
      : [
          {
            label: `$(search) ${vscode.l10n.t("Audit {host} over SSH", { host })}`,
            value: () => auditRemoteHost(desk, host),
          },
        ];
  const terminal = {
    label: `$(terminal) ${vscode.l10n.t("List what listens there in a terminal")}`,
    detail: plainListing,
    value: listInTerminal,
  };
  const picked = await pickOne<() => Promise<void>>({
    ...{ title: vscode.l10n.t("What is listening on the machine of this window"), step: 1, steps: 1 },
    placeholder: vscode.l10n.t("Launch Guard runs on your own machine here. How shall the other one be looked at?"),
    items: [...audit, terminal],
  });
  if (typeof picked === "object") await picked.value();
}

/** Terminals of a remote window run on its machine. */
async function listInTerminal(): Promise<void> {
  const terminal = vscode.window.createTerminal({ name: vscode.l10n.t("What Is Listening Here?") });
  terminal.show();
  terminal.sendText(plainListing);
}
