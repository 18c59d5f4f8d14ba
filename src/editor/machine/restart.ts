import { basename } from "node:path";
import * as vscode from "vscode";
import { lineWithoutSecrets } from "../../tunnel/launcher/secrets.ts";
import type { LocalServer } from "../../tunnel/local/audit.ts";
import type { RunningCommand } from "../../tunnel/local/commands.ts";
import { shellIntegrationOf } from "../shell-integration.ts";
import type { Desk } from "../tunnels/desk.ts";
import { withProgress } from "../tunnels/pick.ts";
import { ended, lossOf, valuesOf } from "./stop.ts";

/** The line of a POSIX shell that starts the same server for this machine alone; nothing where there is none. */
export type SafeLine = (words: readonly string[]) => Promise<string | undefined>;

/**
 * Shows the corrected command, asks once, ends the server and starts it again in a terminal of the folder it ran in.
 * The command may hold secrets, so it goes nowhere but into the question, with them left out, and the terminal.
 */
export async function restartOnLoopback(desk: Desk, local: LocalServer, safeLine: SafeLine): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const untrusted = vscode.l10n.t(
      "This workspace is not trusted, so nothing is started in it. Stop the server here, or trust the workspace first.",
    );
    void vscode.window.showWarningMessage(untrusted);
    return;
  }
  const corrected = await correctedLine(desk, local, safeLine);
  if (!corrected) {
    const unknown = vscode.l10n.t(
      "How {service} was started does not tell how to keep it on loopback. Stop it, and start it with an address of 127.0.0.1.",
      valuesOf(local),
    );
    void vscode.window.showWarningMessage(unknown);
    return;
  }
  if ((await isWanted(local, corrected)) && (await ended(desk, local))) await runIn(corrected);
}

type Corrected = { readonly line: string; readonly folder: string };

async function correctedLine(desk: Desk, { process }: LocalServer, safeLine: SafeLine): Promise<Corrected | undefined> {
  if (!process) return undefined;
  const title = vscode.l10n.t("Looking at how it was started…");
  const commands: readonly RunningCommand[] = await withProgress(title, (signal) =>
    desk.tunnels.service.commandsHere(process, signal),
  );
  for (const { words, folder } of commands) {
    const line = await safeLine(words);
    // A terminal would obey a control character instead of passing it on.
    if (line !== undefined && !/\p{Cc}/u.test(line)) return { line, folder };
  }
  return undefined;
}

async function isWanted(local: LocalServer, { line, folder }: Corrected): Promise<boolean> {
  const restart = vscode.l10n.t("Restart on Loopback");
  const question = vscode.l10n.t(
    "Stop {service} on {address}, process {pid}, and start it again like this?",
    valuesOf(local),
  );
  const where = vscode.l10n.t("In a new terminal in {folder}, with the variables of that terminal.", { folder });
  const detail = [lineWithoutSecrets(line), where, lossOf(local)].join("\n\n");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, restart)) === restart;
}

/** The shells whose quoting the line is written in; where the user's own is another, `sh` runs it. */
const posixShells: readonly string[] = ["bash", "zsh", "sh", "dash", "ksh"];

async function runIn({ line, folder }: Corrected): Promise<void> {
  const isPosix = posixShells.includes(basename(vscode.env.shell));
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t("Restarted on Loopback"),
    cwd: folder,
    ...(!isPosix && { shellPath: "/bin/sh" }),
  });
  terminal.show();
  const integration = await shellIntegrationOf(terminal);
  if (integration) integration.executeCommand(line);
  else terminal.sendText(line);
}
