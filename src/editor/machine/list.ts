import * as vscode from "vscode";
import type { RemoteServer } from "../../tunnel/discovery/server.ts";
import type { LocalAudit, LocalServer } from "../../tunnel/local/audit.ts";
import { targetText } from "../../tunnel/target.ts";
import { localized } from "../localized.ts";
import { type PickButton, type PickItem, section } from "../tunnels/pick.ts";
import { otherItem, serverLabel } from "../tunnels/servers.ts";

export type Action = "open" | "stop" | "restart";

/** A server, and what shall be done about it where that was said at once. */
export type Choice = { readonly server: LocalServer; readonly action?: Action };

/** Everything that was found, what needs care first. */
export function machineItems({ servers, others, limits }: LocalAudit): PickItem<Choice>[] {
  const first = servers.toSorted((one, other) => weight(other) - weight(one));
  return [
    ...section(vscode.l10n.t("ML servers"), first.map(serverItem)),
    ...(servers.length > 0 ? [] : [{ label: vscode.l10n.t("No ML server was found.") }]),
    ...section<Choice>(
      vscode.l10n.t("what else the network can reach"),
      // Nothing can be done about these from here.
      others.map((each) => ({ label: otherItem(each).label, description: otherItem(each).description ?? "" })),
    ),
    ...section<Choice>(
      vscode.l10n.t("could not be looked at"),
      limits.map((limit) => ({ label: `$(info) ${localized(limit)}` })),
    ),
  ];
}

/** What can be done about one server, and above it what there is to say against it. */
export function serverActions(server: LocalServer): PickItem<Choice>[] {
  const items: PickItem<Choice>[] = actionsFor(server).map((action) => {
    const { iconPath, tooltip } = buttons()[action];
    return { label: `$(${iconPath.id}) ${tooltip}`, value: { server, action } };
  });
  const said = server.findings.map(({ message }) => ({ label: `$(warning) ${localized(message)}` }));
  const notOwn = vscode.l10n.t("It is not a process of yours that could be ended from here.");
  return [...items, ...(server.process ? [] : [{ label: `$(info) ${notOwn}` }]), ...section<Choice>("", said)];
}

const weights = { error: 3, warning: 2, info: 1, hint: 0, off: 0 } as const;

function weight({ server, findings }: LocalServer): number {
  const worst = Math.max(0, ...findings.map(({ severity }) => weights[severity] ?? 0));
  return worst * 2 + (server.reach === "network" ? 1 : 0);
}

/** Only what fits into a line: the sentences of its findings follow once it is chosen. */
function serverItem(local: LocalServer): PickItem<Choice> {
  const { server, findings } = local;
  const isWarned = findings.some(({ severity }) => weights[severity] >= weights.warning);
  return {
    label: `${isWarned ? "$(warning) " : ""}${serverLabel(server)}`,
    description: targetText(server.target),
    detail: factsOf(server).join(" · "),
    value: { server: local },
    buttons: actionsFor(local).map(
      (action): PickButton<Choice> => ({ ...buttons()[action], value: { server: local, action } }),
    ),
  };
}

function factsOf({ reach, auth, owner, folder }: RemoteServer): string[] {
  const login = auth === "on" ? vscode.l10n.t("asks for a login") : vscode.l10n.t("without a login");
  const facts = [
    reach === "network" ? vscode.l10n.t("the network can reach it") : vscode.l10n.t("this machine only"),
    auth === "unknown" ? undefined : login,
    owner,
    folder,
  ];
  return facts.filter((fact): fact is string => fact !== undefined && fact !== "");
}

/** On loopback it can be opened; what is the user's own can be ended, and kept from the network. */
function actionsFor({ server: { reach, target }, process }: LocalServer): Action[] {
  return [
    ...(reach === "loopback" && target.kind === "tcp" ? (["open"] as const) : []),
    ...(process ? (["stop"] as const) : []),
    ...(process && reach === "network" ? (["restart"] as const) : []),
  ];
}

function buttons() {
  return {
    open: { iconPath: new vscode.ThemeIcon("link-external"), tooltip: vscode.l10n.t("Open") },
    stop: { iconPath: new vscode.ThemeIcon("debug-stop"), tooltip: vscode.l10n.t("Stop") },
    restart: { iconPath: new vscode.ThemeIcon("debug-restart"), tooltip: vscode.l10n.t("Restart on Loopback") },
  };
}
