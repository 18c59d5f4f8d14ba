import * as vscode from "vscode";
import { serviceKinds } from "../../tunnel/discovery/server.ts";
import type { Desk } from "./desk.ts";
import { type Known, openTunnel } from "./open-tunnel.ts";
import type { Leave } from "./pick.ts";
import type { ShownTunnel } from "./tunnels.ts";
import { type Wish, wishSchema } from "./wish.ts";

/**
 * *Open Tunnel* with what a file tells of its server, after the edit that keeps that on loopback; a host that the file
 * names is confirmed by name first.
 */
export async function reachThroughTunnel(desk: Desk, given: unknown, edit?: unknown): Promise<ShownTunnel | Leave> {
  if (edit instanceof vscode.WorkspaceEdit) await vscode.workspace.applyEdit(edit);
  const wish = wishSchema.safeParse(given).data ?? {};
  const host = await hostOf(wish);
  return host === "cancel" ? host : openTunnel(desk, { ...host, ...serverOf(wish) });
}

/** Nothing where its user has to choose one: also for what an untrusted workspace names. */
async function hostOf({ remoteHost, namedHost }: Wish): Promise<Pick<Known, "host"> | "cancel"> {
  if (namedHost === undefined) return remoteHost === undefined ? {} : { host: remoteHost };
  if (!vscode.workspace.isTrusted) return {};
  const connect = vscode.l10n.t("Connect to {host}", { host: namedHost });
  const other = vscode.l10n.t("Choose Another Host");
  const question = vscode.l10n.t("Connect to {host}? That name stands in a file of this workspace.", {
    host: namedHost,
  });
  const detail = vscode.l10n.t("Connecting tells that host who you are. Go on if you know it.");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, connect, other);
  if (answer === undefined) return "cancel";
  return answer === connect ? { host: namedHost } : {};
}

function serverOf({ tool, port }: Wish): Pick<Known, "kind" | "port"> {
  const kind = serviceKinds.find((each) => each === tool);
  return { ...(kind && { kind }), ...(port !== undefined && { port }) };
}
