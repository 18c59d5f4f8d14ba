import * as vscode from "vscode";
import { type Ending, ending } from "./ending.ts";
import type { Machine } from "./machine.ts";
import { runIn } from "./run-in.ts";
import { shellOf } from "./shell-of.ts";
import type { OnStarted, Started } from "./started.ts";
import { isOfTasks } from "./watch-tasks.ts";

/** Commands that are typed, pasted, or run by `executeCommand`, in terminals whose shell tells of them. */
export function watchTerminals(machine: Machine, onStarted: OnStarted): vscode.Disposable {
  const running = new Map<
    vscode.TerminalShellExecution,
    { readonly terminal: vscode.Terminal; readonly end: Ending }
  >();
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      const end = ending();
      running.set(execution, { terminal, end });
      const started = commandIn(terminal, execution, end, machine);
      if (started) onStarted(started);
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      running.get(execution)?.end.end(exitCode);
      running.delete(execution);
    }),
    // A terminal that is closed takes along what runs in it, and tells no more of it.
    vscode.window.onDidCloseTerminal((closed) => {
      for (const [execution, { terminal, end }] of running) {
        if (terminal !== closed) continue;
        end.end(undefined);
        running.delete(execution);
      }
    }),
  );
}

function commandIn(
  terminal: vscode.Terminal,
  { commandLine, cwd }: vscode.TerminalShellExecution,
  end: Ending,
  machine: Machine,
): Started | undefined {
  const shell = shellOf(terminal);
  const folder = cwd ?? terminal.shellIntegration?.cwd ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!shell || !folder || isOfTasks(terminal)) return undefined;
  const { value, confidence, isTrusted } = commandLine;
  return {
    typed: { text: value, shell, folder: folder.path, on: machine.on, env: {} },
    folder,
    terminal,
    isCertain: confidence !== vscode.TerminalShellExecutionCommandLineConfidence.Low,
    isVouchedFor: isTrusted,
    ended: end.ended,
    isRunning: () => !end.isOver(),
    interrupt: () => terminal.sendText("\u0003", false),
    run: (line) => runIn(terminal, line),
  };
}
