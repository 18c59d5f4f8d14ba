import * as vscode from "vscode";
import type { Finding } from "../core/finding.ts";
import type { CommandId } from "./commands.ts";
import type { Project } from "./project.ts";
import { sshRemoteOf } from "./ssh-remote.ts";
import type { Wish } from "./tunnels/wish.ts";
import { workspaceEdit } from "./workspace-edit.ts";

/** The rules whose fixes leave a server on loopback, where a tunnel still reaches it. */
const reachable: readonly Finding["rule"][] = ["public-bind", "public-publish"];

/**
 * From the linter to the tunnel: the fix, and then *Open Tunnel* with what the file tells. Never the preferred one.
 *
 * The command makes the edit too. VS Code would make that of an action first and save the file; when this takes longer
 * than the light bulb's 250 ms it asks for actions anew and forgets the arguments of the old ones, so that the command
 * fails with "Actual command not found" (`CodeActionController.update`, and `CommandsConverter` in extHostCommands.ts).
 */
export function tunnelAction(finding: Finding, project: Project): vscode.CodeAction[] {
  const [fix] = finding.fixes;
  if (!fix || !reachable.includes(finding.rule)) return [];
  const title = vscode.l10n.t("Keep it on loopback and reach it through a tunnel");
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const command: CommandId = "launchGuard.openTunnel";
  const wish = wishOf(finding, project.files.uriOf(finding.at.path));
  action.command = { title, command, arguments: [wish, workspaceEdit(fix.edits, project)] };
  return [action];
}

function wishOf({ tool, listens: { port, sshHost } = {} }: Finding, { authority }: vscode.Uri): Wish {
  const remoteHost = sshRemoteOf(authority);
  return {
    tool,
    ...(port !== undefined && { port }),
    // What a file starts by `ssh HOST` runs there, wherever the file lies.
    ...(sshHost !== undefined ? { namedHost: sshHost } : remoteHost !== undefined && { remoteHost }),
  };
}
