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

/** How the lines of a terminal are read; nothing while something else than a shell is at its prompt. */
export function shellOf({ state, creationOptions }: vscode.Terminal): ShellName | undefined {
  if (state.shell !== undefined) return families[state.shell];
  const path = "shellPath" in creationOptions ? creationOptions.shellPath : undefined;
  return shellAt(path ?? vscode.env.shell);
}

/** The same by the path of the shell's program. A program of another name is taken for one of sh's family. */
export function shellAt(path: string): ShellName {
  const name = path.replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  return families[name.toLowerCase()] ?? "posix";
}
