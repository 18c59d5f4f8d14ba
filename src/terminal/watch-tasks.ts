import * as vscode from "vscode";
import { type Ending, ending } from "./ending.ts";
import { lineOf } from "./line.ts";
import type { Machine } from "./machine.ts";
import { runIn } from "./run-in.ts";
import { shellAt } from "./shell-of.ts";
import type { OnStarted, Started } from "./started.ts";

const used = new WeakSet<vscode.Terminal>();

/**
 * Whether a terminal belongs to tasks, which tell of what they run there themselves. Nobody has typed or sent anything to
 * a new one, whose task may not be known yet; later it may serve other tasks.
 */
export function isOfTasks(terminal: vscode.Terminal): boolean {
  return !terminal.state.isInteractedWith || used.has(terminal);
}

/** What tasks run, in whatever terminal: also those whose shell tells of nothing, such as cmd. */
export function watchTasks(machine: Machine, onStarted: OnStarted): vscode.Disposable {
  const running = new Map<vscode.TaskExecution, Ending>();
  return vscode.Disposable.from(
    vscode.tasks.onDidStartTaskProcess(({ execution }) => {
      const end = ending();
      running.set(execution, end);
      const started = commandOf(execution, end, machine);
      if (started) onStarted(started);
    }),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      running.get(execution)?.end(exitCode);
      running.delete(execution);
    }),
  );
}

function commandOf(execution: vscode.TaskExecution, end: Ending, machine: Machine): Started | undefined {
  const { task } = execution;
  const folder = folderOf(task);
  const { execution: how } = task;
  if (!folder || !how || how instanceof vscode.CustomExecution) return undefined;
  const shell = shellAt((how instanceof vscode.ShellExecution && how.options?.executable) || vscode.env.shell);
  const line = how instanceof vscode.ShellExecution ? shellLine(how, shell) : lineOf([how.process, ...how.args], shell);
  const inside = how.options?.cwd;
  const cwd = inside === undefined ? folder : folder.with({ path: withFolder(inside, folder) });
  const terminal = terminalOf(task);
  if (terminal) used.add(terminal);
  return {
    typed: { text: withFolder(line, folder), shell, folder: cwd.path, on: machine.on, env: how.options?.env ?? {} },
    folder: cwd,
    terminal,
    name: task.name,
    isCertain: true,
    isVouchedFor: true,
    ended: end.ended,
    isRunning: () => !end.isOver(),
    interrupt: () => execution.terminate(),
    run: (again) => runIn(vscode.window.createTerminal({ name: task.name, cwd, env: how.options?.env ?? {} }), again),
  };
}

/** A new terminal is named only when its program has. */
function terminalOf({ name }: vscode.Task): vscode.Terminal | undefined {
  return vscode.window.terminals.find((terminal) => {
    const title = terminal.name || (terminal.creationOptions.name ?? "");
    return title === name || title.endsWith(`- ${name}`);
  });
}

function folderOf({ scope }: vscode.Task): vscode.Uri | undefined {
  return typeof scope === "object" ? scope.uri : vscode.workspace.workspaceFolders?.[0]?.uri;
}

function shellLine({ commandLine, command, args }: vscode.ShellExecution, shell: Parameters<typeof lineOf>[1]): string {
  if (commandLine !== undefined) return commandLine;
  return lineOf(
    [command, ...(args ?? [])].flatMap((word) => textOf(word) ?? []),
    shell,
  );
}

function textOf(word: string | vscode.ShellQuotedString | undefined): string | undefined {
  return typeof word === "object" ? word.value : word;
}

/** VS Code puts the folder in only when the task runs, after it has told of it. */
function withFolder(text: string, { path }: vscode.Uri): string {
  return text.replace(/\$\{(workspaceFolder|workspaceRoot|cwd)\}/g, () => path);
}
