import type { ShellName } from "../core/command/typed.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import type { Ssh } from "../core/ssh.ts";
import { literal } from "../core/word.ts";
import { lineOf } from "./line.ts";

/** A line for the machine that a launch runs on, as one for a shell of this machine; nothing where the way is not known. */
export function fromHere(line: string, { launch: { runs } }: JudgedLaunch, shell: ShellName): string | undefined {
  if (!runs.ssh) return line;
  const way = wayTo(runs.ssh);
  return way.every((word) => word !== undefined) ? lineOf(["ssh", ...way, line], shell) : undefined;
}

/** Whether the keys of this terminal reach the program: only where `ssh` was told to open one there. */
export function isBeyondKeys({ launch: { runs } }: JudgedLaunch): boolean {
  return runs.ssh !== undefined && !runs.ssh.options.some(({ name }) => name === "-t");
}

/** The host, behind the options that decide how it is reached; not those that forward ports or go into the background. */
function wayTo({ host, options }: Ssh): (string | undefined)[] {
  const leading = options.filter(({ name }) => /^-[46BFIJPSbcilmop]$/.test(name));
  return [...leading.flatMap(({ name, value }) => (value ? [name, literal(value)] : [name])), literal(host)];
}
