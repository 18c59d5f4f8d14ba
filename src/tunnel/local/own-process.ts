import { commandFunctions } from "../audit/commands.ts";
import { lookedAt } from "../discovery/survey.ts";
import { processes } from "../launcher/processes.ts";
import type { Link } from "../link.ts";
import { quoted } from "../quoted.ts";

/**
 * A process of the user's own: by its number, when it began and a sum of its command line, so that no other is taken
 * for it. Holds no secret.
 */
export type OwnProcess = { readonly pid: number; readonly born: string; readonly sum: string };

/** Which of these processes are servers that their user may end here, by their numbers. */
export async function ownProcesses(
  link: Link,
  pids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, OwnProcess>> {
  if (pids.length === 0) return new Map();
  const lines = await lookedAt(link, ownScript(pids), signal);
  return new Map(
    lines.flatMap((line) => {
      const [, pid = "", sum = "", born = ""] = /^own (\d+)\t(\d+)\t(.+)$/.exec(line) ?? [];
      return born === "" ? [] : [[Number(pid), { pid: Number(pid), born, sum }] as const];
    }),
  );
}

/**
 * Shell functions. `is_ours PID` is true of a process of this user that runs where we run: not in a container, which
 * has its own tools to stop it, and not above us, where it would take us with it.
 */
export const ownership = `
${processes}${commandFunctions}
sum_of() {
  if [ -r /proc/self/cmdline ]; then cat "/proc/$1/cmdline"; else ps -o args= -p "$1"; fi 2>/dev/null |
    cksum | tr -d ' '
}

is_ours() {
  if [ -r /proc/self/status ]; then
    [ -O "/proc/$1/status" ] || return 1
    for kind in pid mnt; do
      space=$(readlink "/proc/$1/ns/$kind")
      [ -n "$space" ] && [ "$space" = "$(readlink "/proc/$$/ns/$kind")" ] || return 1
    done
  else
    [ "$(ps -o uid= -p "$1" | tr -d ' ')" = "$(id -u)" ] || return 1
  fi
  above=$$
  while :; do
    case $above in "" | 0 | 1) return 0 ;; "$1") return 1 ;; esac
    above=$(parent_of "$above")
  done
}
`;

/** A shell condition: process `$pid` is still this one, and ours. */
export function isStill({ born, sum }: OwnProcess): string {
  return `[ "$(born "$pid")" = ${quoted(born)} ] && [ "$(sum_of "$pid")" = ${quoted(sum)} ] && is_ours "$pid"`;
}

/**
 * Only what could be such a server itself: they are programs of Python, but for Ollama and Triton. What holds a port
 * and answers like one may also be `ssh`, which leads to one elsewhere, or the editor, with our own tunnels.
 */
function ownScript(pids: readonly number[]): string {
  return `
${ownership}
program_of() {
  if [ -r /proc/self/exe ]; then
    readlink "/proc/$1/exe"
    tr '\\0' '\\n' <"/proc/$1/cmdline" | head -n 1
  else
    ps -o comm= -p "$1"
  fi 2>/dev/null | sed 's/.*\\///' | grep -Eix 'python[0-9.]*|pypy3?|ollama|tritonserver'
}

for pid in ${pids.join(" ")}; do
  [ -n "$(program_of "$pid")" ] && is_ours "$pid" || continue
  printf 'own %s\\t%s\\t%s\\n' "$pid" "$(sum_of "$pid")" "$(born "$pid")"
done
`;
}
