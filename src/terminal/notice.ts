import * as vscode from "vscode";
import { literal } from "../core/word.ts";
import type { CommandId } from "../editor/commands.ts";
import { localized } from "../editor/localized.ts";
import { ignoreFromNowOn } from "./ignored.ts";
import type { Machine } from "./machine.ts";
import { openTunnelInstead, tunnelHost } from "./open-tunnel.ts";
import { runSafely } from "./run-safely.ts";
import type { Running } from "./running.ts";

/** What happens, and to whom on this machine. */
export function sentenceOf({ judged, verdict }: Running, machine: Machine): string {
  const host = literal(judged.launch.runs.ssh?.host);
  const who =
    host === undefined
      ? machine.whoReaches()
      : vscode.l10n.t("It runs on {host}: everyone on the networks of that machine reaches it.", { host });
  return verdict ? `${localized(verdict.says)} ${who}` : who;
}

/** One notification for a command, with what can be done about it. */
export async function notify(running: Running, machine: Machine): Promise<void> {
  const ways = waysOf(running, machine);
  const show =
    running.verdict?.severity === "error" ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const chosen = await show(sentenceOf(running, machine), ...ways.map(({ title }) => title));
  await ways.find(({ title }) => title === chosen)?.take();
}

type Way = { readonly title: string; take(): Promise<unknown> };

function waysOf(running: Running, machine: Machine): Way[] {
  const { verdict } = running;
  const why: CommandId = "launchGuard.explain";
  return [
    ...(isRepairable(running) ? [{ title: vscode.l10n.t("Run Safely Instead"), take: () => runSafely(running) }] : []),
    ...(isRepairable(running) && tunnelHost(running, machine) !== undefined
      ? [{ title: vscode.l10n.t("Open a Tunnel Instead"), take: () => openTunnelInstead(running, machine) }]
      : []),
    {
      title: vscode.l10n.t("Why?"),
      take: async () => vscode.commands.executeCommand(why, verdict?.lead.rule),
    },
    { title: vscode.l10n.t("Don't Warn Again"), take: () => ignoreFromNowOn(running) },
  ];
}

/** In a workspace that nobody trusts, commands are read and nothing is run. */
export function isRepairable({ command }: Running): boolean {
  return vscode.workspace.isTrusted && command.safe() !== undefined;
}
