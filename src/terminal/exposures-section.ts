import * as vscode from "vscode";
import { literal } from "../core/word.ts";
import type { CommandId } from "../editor/commands.ts";
import type { Section } from "../editor/exposures.ts";
import { severityIcon } from "../editor/severity-icon.ts";
import { portThere } from "./listening.ts";
import type { Machine } from "./machine.ts";
import { isRepairable, sentenceOf } from "./notice.ts";
import type { Running, RunningLaunches } from "./running.ts";

/** The launches that are listed: what others can reach, and no more than that. */
export function exposed(running: RunningLaunches): Running[] {
  const listed = running.all().filter(({ verdict }) => verdict !== undefined && verdict.severity !== "info");
  // After a reload they are found in the order of their terminals.
  return listed.toSorted((a, b) => a.since - b.since);
}

/** The part of the *Exposures* view about what runs now. */
export function runningSection(running: RunningLaunches, machine: Machine): Section {
  return {
    onDidChange: running.onDidChange,
    root() {
      const count = exposed(running).length;
      if (count === 0) return undefined;
      const item = new vscode.TreeItem(vscode.l10n.t("Running Now"), vscode.TreeItemCollapsibleState.Expanded);
      item.id = "running";
      item.description = String(count);
      item.iconPath = new vscode.ThemeIcon("pulse");
      return item;
    },
    rows: () => exposed(running).map((launch) => row(launch, machine)),
  };
}

function row(launch: Running, machine: Machine): vscode.TreeItem {
  const { id, judged, started, since, verdict } = launch;
  const port = portThere(judged);
  const item = new vscode.TreeItem(
    port === undefined ? judged.launch.tool.name : `${judged.launch.tool.name} :${port}`,
  );
  const time = new Date(since).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  const host = literal(judged.launch.runs.ssh?.host);
  const where = [host, started.name ?? started.terminal?.name].filter((part) => part !== undefined).join(", ");
  item.id = id;
  item.description = vscode.l10n.t("{where}, since {time}", { where, time });
  item.tooltip = sentenceOf(launch, machine);
  item.accessibilityInformation = { label: `${item.label} ${item.description} ${item.tooltip}` };
  if (verdict) item.iconPath = severityIcon(verdict.severity);
  item.contextValue = wordsFor(launch).join(" ");
  const show: CommandId = "launchGuard.showLaunchTerminal";
  if (started.terminal) item.command = { title: vscode.l10n.t("Show Terminal"), command: show, arguments: [{ id }] };
  return item;
}

/** The words that the menus of `package.json` may ask a row for; a test compares the two. */
export const rowWords = ["running", "safe", "terminal"] as const;

function wordsFor(launch: Running): (typeof rowWords)[number][] {
  return [
    "running",
    ...(isRepairable(launch) ? ["safe" as const] : []),
    ...(launch.started.terminal ? ["terminal" as const] : []),
  ];
}
