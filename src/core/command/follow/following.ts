import type { Invocation } from "../../invocation.ts";
import type { ComposeFiles, Up } from "../../sources/compose/up.ts";
import type { ReadShell, Scope, ShellCommands } from "../../sources/shell/commands.ts";
import type { SourceFile, Workspace } from "../../sources/source.ts";

/** What following a command takes: the files, and how a line of them, a compose file and Python are read. */
export type Following = {
  readonly read: Workspace["read"];
  readonly shell: ReadShell;
  composeUp(files: ComposeFiles, workspace: Workspace, up: Up): Invocation[];
  python(file: SourceFile, shell: ReadShell, scope: Scope): ShellCommands;
};

/** What a command starts by the files that it names; `undefined` for one that names none that can be read. */
export type Follow = (command: Invocation, following: Following, program: string) => Invocation[] | undefined;

/** The first of several names of a file that is there. */
export function firstFile(
  { files }: Invocation,
  names: readonly string[],
  read: Workspace["read"],
): SourceFile | undefined {
  for (const name of names) {
    const path = files?.(name);
    const text = path === undefined ? undefined : read(path);
    if (path !== undefined && text !== undefined) return { path, text };
  }
  return undefined;
}

/** The commands of a file, run as the command that named it is. */
export function runBy(command: Invocation, { commands }: ShellCommands): Invocation[] {
  const { stdin, ...context } = command;
  return commands.map((each) => ({ ...context, ...each }));
}

/** What a file knows when a command runs it. */
export function scopeOf({ env, at }: Invocation): Scope {
  return { env, parameters: [], depth: 1, at };
}
