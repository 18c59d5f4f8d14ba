import * as vscode from "vscode";
import type { ShellName } from "../core/command/typed.ts";

/** The shells that VS Code tells apart; those that are none of these families are not read. */
const families: Readonly<Record<string, ShellName>> = {
  bash: "posix",
  gitbash: "posix",
  ksh: "posix",
  sh: "posix",
  wsl: "posix",
  zsh: "posix",
  fish: "fish",
  pwsh: "powershell",
  powershell: "powershell",
  cmd: "cmd",
};

/** What VS Code also calls a shell while it runs in one; a command may begin and end before it says so. */
const runInShells: ReadonlySet<string> = new Set(["python", "node", "julia"]);

/** The last shell that was seen in a terminal. */
const seen = new WeakMap<vscode.Terminal, ShellName>();

/** How the lines of a terminal are read; nothing for a shell of none of the families. */
export function shellOf(terminal: vscode.Terminal): ShellName | undefined {
  const { state, creationOptions } = terminal;
  const now = state.shell === undefined || runInShells.has(state.shell) ? undefined : state.shell;
  if (now !== undefined && !families[now]) return undefined;
  const path = "shellPath" in creationOptions ? creationOptions.shellPath : undefined;
  const shell = (now && families[now]) || (seen.get(terminal) ?? shellAt(path ?? vscode.env.shell));
  seen.set(terminal, shell);
  return shell;
}

/** The same by the path of the shell's program. A program of another name is taken for one of sh's family. */
export function shellAt(path: string): ShellName {
  const name = path.replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  return families[name.toLowerCase()] ?? "posix";
}
