import type { ShellName } from "../core/command/typed.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import type { Ssh } from "../core/ssh.ts";
import { literal } from "../core/word.ts";
import { lineOf } from "./line.ts";

/** A line for the machine that a launch runs on, as one for a shell of this machine; nothing where the way is not known. */
export function fromHere(line: string, { launch: { runs } }: JudgedLaunch, shell: ShellName): string | undefined {
  return runs.ssh ? overSsh(line, runs.ssh, shell) : line;
}

function overSsh(line: string, ssh: Ssh, shell: ShellName): string | undefined {
  const way = wayTo(ssh);
  if (!way.every((word) => word !== undefined)) return undefined;
  const words = ["ssh", ...way, line];
  return ssh.via ? overSsh(lineOf(words, "posix"), ssh.via, shell) : lineOf(words, shell);
}

/** Whether the keys of this terminal do not reach the program: `ssh` passes a terminal on only where it is told to. */
export function isBeyondKeys({ launch: { runs } }: JudgedLaunch): boolean {
  for (let { ssh } = runs; ssh; ssh = ssh.via) if (!ssh.options.some(({ name }) => name === "-t")) return true;
  return false;
}

/** The host, behind the options that decide how it is reached; not those that forward ports or go into the background. */
function wayTo({ host, options }: Ssh): (string | undefined)[] {
  const leading = options.filter(({ name }) => /^-[46BFIJPSbcilmop]$/.test(name));
  return [...leading.flatMap(({ name, value }) => (value ? [name, literal(value)] : [name])), literal(host)];
}
