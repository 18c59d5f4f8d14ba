import * as vscode from "vscode";
import type { LocalServer } from "../../tunnel/local/audit.ts";
import { targetText } from "../../tunnel/target.ts";
import { localized } from "../localized.ts";
import type { Desk } from "../tunnels/desk.ts";
import { telling } from "../tunnels/failures.ts";
import { pickOne, withProgress } from "../tunnels/pick.ts";
import { serviceName, urlOf } from "../tunnels/words.ts";
import { lookElsewhere } from "./elsewhere.ts";
import { type Choice, machineItems, serverActions } from "./list.ts";
import { restartOnLoopback, type SafeLine } from "./restart.ts";
import { stopHere } from "./stop.ts";

/** What the command has to know beside the desk. */
export type Here = {
  /** Folders and terminals of this window are on another machine than we. */
  readonly isElsewhere: boolean;
  readonly safeLine: SafeLine;
};

/** The ML servers of the machine that we run on, and what their user can do about each. */
export async function whatListensHere(desk: Desk, here: Here): Promise<void> {
  if (here.isElsewhere) return lookElsewhere(desk);
  const ways = { tryAgain: () => whatListensHere(desk, here) };
  await telling(desk.log, ways, async () => {
    const title = vscode.l10n.t("Looking at what listens on this machine…");
    const audit = await withProgress(title, (signal) => desk.tunnels.service.auditHere({}, signal));
    if (audit.servers.length + audit.others.length === 0) {
      const nothing = vscode.l10n.t("No ML server that Launch Guard knows listens on this machine.");
      void vscode.window.showInformationMessage([nothing, ...audit.limits.map(localized)].join(" "));
      return;
    }
    const picked = await pickOne<Choice>({
      ...{ title: vscode.l10n.t("What is listening on this machine"), step: 1, steps: 1 },
      placeholder: vscode.l10n.t("Choose a server to see what can be done about it"),
      items: machineItems(audit),
    });
    if (typeof picked === "object") await act(desk, here, picked.value);
  });
}

async function act(desk: Desk, here: Here, { server, action }: Choice): Promise<void> {
  if (action === "stop") return stopHere(desk, server);
  if (action === "restart") return restartOnLoopback(desk, server, here.safeLine);
  if (action === "open") return openHere(server);
  const { kind, target } = server.server;
  const values = { service: serviceName(kind), address: targetText(target) };
  const picked = await pickOne<Choice>({
    ...{ title: vscode.l10n.t("{service} on {address}", values), step: 1, steps: 1, canGoBack: true },
    placeholder: vscode.l10n.t("What shall be done about it?"),
    items: serverActions(server),
  });
  if (picked === "back") return whatListensHere(desk, here);
  if (picked !== "cancel") await act(desk, here, picked.value);
}

/** Without a token: addresses stay in histories. */
async function openHere({ server: { target, basePath } }: LocalServer): Promise<void> {
  if (target.kind === "tcp") await vscode.env.openExternal(vscode.Uri.parse(urlOf(target.port, basePath)));
}
