import * as vscode from "vscode";
import { shellIntegrationOf } from "../editor/shell-integration.ts";
import type { End } from "./started.ts";

/** Runs a line in a terminal; settles when it has ended, and at once where the terminal's shell tells of no end. */
export async function runIn(terminal: vscode.Terminal, line: string): Promise<End> {
  terminal.show();
  const shellIntegration = terminal.shellIntegration ?? (await shellIntegrationOf(terminal));
  if (!shellIntegration) {
    terminal.sendText(line);
    return { code: undefined };
  }
  return new Promise((resolve) => {
    const execution = shellIntegration.executeCommand(line);
    const parts = vscode.Disposable.from(
      vscode.window.onDidEndTerminalShellExecution((event) => event.execution === execution && end(event.exitCode)),
      vscode.window.onDidCloseTerminal((closed) => closed === terminal && end(undefined)),
    );
    function end(code: number | undefined): void {
      parts.dispose();
      resolve({ code });
    }
  });
}
