import * as vscode from "vscode";
import { TunnelError } from "../../tunnel/error.ts";
import type { LocalServer } from "../../tunnel/local/audit.ts";
import { targetText } from "../../tunnel/target.ts";
import { localized } from "../localized.ts";
import type { Desk } from "../tunnels/desk.ts";
import { withProgress } from "../tunnels/pick.ts";
import { serviceName } from "../tunnels/words.ts";

/** Ends a server that its user was asked about once, by its name, address and process. */
export async function stopHere(desk: Desk, local: LocalServer): Promise<void> {
  const values = valuesOf(local);
  const stop = vscode.l10n.t("Stop");
  const question = vscode.l10n.t("Stop {service} on {address}, process {pid}?", values);
  const options = { modal: true, detail: lossOf(local) };
  if ((await vscode.window.showWarningMessage(question, options, stop)) !== stop) return;
  if (!(await ended(desk, local))) return;
  const done = vscode.l10n.t("{service} has ended, and nothing of it listens on {address} any more.", values);
  void vscode.window.showInformationMessage(done);
}

/** What is lost with it. */
export function lossOf({ server: { kind } }: LocalServer): string {
  if (kind === "jupyter") return vscode.l10n.t("Its kernels end, and what they hold in memory is lost.");
  return vscode.l10n.t("What it is working on ends, and what it has not saved is lost.");
}

/** Whether it is gone. What does not end when it is told to is ended by force only after a second question. */
export async function ended(desk: Desk, local: LocalServer, force = false): Promise<boolean> {
  const { kind } = local.server;
  const { process } = local;
  if (!process) return false;
  const title = vscode.l10n.t("Stopping {service}…", { service: serviceName(kind) });
  try {
    await withProgress(title, (signal) => desk.tunnels.service.stopHere({ process, kind, force }, signal));
    return true;
  } catch (error) {
    if (force || !(error instanceof TunnelError) || error.code !== "does-not-end") throw error;
    const atOnce = vscode.l10n.t("End It at Once");
    const detail = vscode.l10n.t("If it is ended at once, what it has not saved is lost.");
    const chosen = await vscode.window.showWarningMessage(localized(error.said), { modal: true, detail }, atOnce);
    return chosen === atOnce && ended(desk, local, true);
  }
}

export function valuesOf({ server: { kind, target }, process }: LocalServer) {
  return { service: serviceName(kind), address: targetText(target), pid: process?.pid ?? 0 };
}
