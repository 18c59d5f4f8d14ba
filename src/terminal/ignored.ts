import * as vscode from "vscode";
import { typedPath } from "../core/command/typed.ts";
import type { Finding } from "../core/finding.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import type { Running } from "./running.ts";
import type { TerminalSettings } from "./settings.ts";

/** A launch without what the user does not want to hear of. */
export function heard(judged: JudgedLaunch, text: string, settings: TerminalSettings): JudgedLaunch {
  if (settings["terminal.ignoredCommands"].includes(text.trim())) return { ...judged, findings: [] };
  const ignored: readonly string[] = settings["terminal.ignoredRules"];
  return { ...judged, findings: judged.findings.filter(({ rule }) => !ignored.includes(rule)) };
}

/** Asks what is meant by *Don't Warn Again*, and writes it into the settings, where it can be undone. */
export async function ignoreFromNowOn({ started, judged, verdict }: Running): Promise<void> {
  if (!verdict) return;
  const { rule } = verdict.lead;
  const items: (vscode.QuickPickItem & { readonly write: () => Thenable<void> })[] = [
    ...(holdsSecret(judged.findings) ? [] : [commandItem(started.typed.text.trim())]),
    {
      label: vscode.l10n.t("This rule: {rule}", { rule }),
      detail: vscode.l10n.t("No command is warned about by it, in any workspace."),
      write: () => append("terminal.ignoredRules", rule),
    },
    ...(vscode.workspace.workspaceFolders?.length ? [workspaceItem()] : []),
  ];
  const title = vscode.l10n.t("Don't Warn Again");
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("About what?") });
  if (!picked) return;
  await picked.write();
  const settings = vscode.l10n.t("Open Settings");
  const told = vscode.l10n.t("Launch Guard will not warn about that again. The settings can take it back.");
  if ((await vscode.window.showInformationMessage(told, settings)) === settings)
    await vscode.commands.executeCommand("workbench.action.openSettings", "launchGuard.terminal");
}

/** A secret that was typed is in no setting. */
function holdsSecret(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, at }) => rule === "token-leak" && at.path === typedPath);
}

function commandItem(text: string) {
  return {
    label: vscode.l10n.t("This command"),
    detail: text,
    write: () => append("terminal.ignoredCommands", text),
  };
}

function workspaceItem() {
  return {
    label: vscode.l10n.t("This workspace"),
    detail: vscode.l10n.t("Launches are still listed in the Exposures view."),
    write: () =>
      vscode.workspace
        .getConfiguration("launchGuard")
        .update("terminal.notify", "off", vscode.ConfigurationTarget.Workspace),
  };
}

function append(name: "terminal.ignoredCommands" | "terminal.ignoredRules", value: string): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration("launchGuard");
  const present = configuration.inspect<string[]>(name)?.globalValue ?? [];
  return configuration.update(name, [...new Set([...present, value])], vscode.ConfigurationTarget.Global);
}
