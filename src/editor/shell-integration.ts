import * as vscode from "vscode";

/** Shells that the editor knows are integrated soon after their start; others never are. */
const integrationMs = 3000;

/** What a new terminal's shell offers once it is there; nothing where it tells nothing. */
export function shellIntegrationOf(terminal: vscode.Terminal): Promise<vscode.TerminalShellIntegration | undefined> {
  return new Promise<vscode.TerminalShellIntegration | undefined>((resolve) => {
    const listener = vscode.window.onDidChangeTerminalShellIntegration(({ terminal: other, shellIntegration }) => {
      if (other === terminal) settle(shellIntegration);
    });
    const timer = setTimeout(() => settle(terminal.shellIntegration), integrationMs);
    function settle(integration: vscode.TerminalShellIntegration | undefined): void {
      listener.dispose();
      clearTimeout(timer);
      resolve(integration);
    }
  });
}
