import { literal } from "../word.ts";
import type { Scope, ShellCommand } from "./shell/commands.ts";

/**
 * What the readers share that follow a program into its file and meet the same program there: a recipe that calls make, a
 * script of a package that runs another.
 */

/** How many scripts inside of scripts are followed. */
export const deepestCall = 6;

/** How many calls are followed in all: recipes that call each other multiply. */
export const mostCalls = 50;

/** Whether a script goes to another folder, where the programs that it calls read another file. */
export function leavesFolder(script: string): boolean {
  return /(^|[\s;&|({])(cd|pushd)\s/.test(script);
}

/** What `scope` lets a shell read, with the `programs` that are followed besides. */
export function startsOr(programs: ReadonlySet<string>, { starts }: Scope): Pick<Scope, "starts"> {
  if (!starts) return {};
  return { starts: (program, command) => programs.has(program) || starts(program, command) };
}

/** Whether the command is one that `scope` asks for, rather than one that was read in order to follow it. */
export function isAskedFor({ words }: ShellCommand, programs: ReadonlySet<string>, { starts }: Scope): boolean {
  const program = literal(words[0]);
  if (program === undefined || !programs.has(program) || !starts) return true;
  return starts(program, words.map((word) => literal(word) ?? "").join(" "));
}

/** The commands of something that is started in the background where its caller is. */
export function inBackgroundOf(caller: ShellCommand, commands: readonly ShellCommand[]): readonly ShellCommand[] {
  return caller.background ? commands.map((command) => ({ ...command, background: true })) : commands;
}
