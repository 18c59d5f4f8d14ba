import { basename } from "node:path/posix";
import { isPython } from "../../core/facts/match.ts";
import { lookedAt } from "../discovery/survey.ts";
import type { Link } from "../link.ts";

/**
 * The command lines of processes and of what started them, each process's own first. They may hold secrets: they are
 * read by the rules and go nowhere else.
 */
export async function commandsOf(
  link: Link,
  pids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly (readonly string[])[]>> {
  const commands = new Map<number, (readonly string[])[]>();
  if (pids.length === 0) return commands;
  for (const line of await lookedAt(link, commandsScript(pids), signal)) {
    const [, pid = "", hex = ""] = /^command (\d+) ([0-9a-f]+)$/.exec(line) ?? [];
    if (hex !== "") commands.set(Number(pid), [...(commands.get(Number(pid)) ?? []), wordsIn(hex)]);
  }
  return commands;
}

/** Of each command line. Three for each of 64 servers, two digits for a byte, have to fit into the 4 MiB of a link. */
const mostBytes = 8192;

/**
 * Shell functions. `say_command PID BYTES` prints a command line as numbers, because anything may stand in an argument;
 * `parent_of PID` who started it.
 */
export const commandFunctions = `
say_command() {
  if [ -r /proc/self/cmdline ]; then
    dd "if=/proc/$1/cmdline" "bs=$2" count=1
  else
    ps -o args= -p "$1" | tr ' ' '\\0'
  fi 2>/dev/null | od -An -v -tx1 | tr -d ' \\n'
}

parent_of() {
  if [ -r /proc/self/status ]; then
    awk '/^PPid:/ { print $2 }' "/proc/$1/status"
  else
    ps -o ppid= -p "$1" | tr -d ' '
  fi 2>/dev/null
}
`;

/**
 * A server's workers hold its socket as well, but only what started them was told its settings: so its parents are
 * looked at too, as long as they have a command line.
 */
export function commandsScript(pids: readonly number[]): string {
  return `
${commandFunctions}
for pid in ${pids.join(" ")}; do
  each=$pid
  for generation in own parent grandparent; do
    case $each in "" | 0 | 1) break ;; esac
    printf 'command %s %s\\n' "$pid" "$(say_command "$each" ${mostBytes})"
    each=$(parent_of "$each")
  done
done
`;
}

/** `python /usr/bin/jupyter-lab …` is how a script shows that was called by its own name. */
function wordsIn(hex: string): readonly string[] {
  const words = wordsOf(hex);
  const [program = "", script = "-"] = words;
  return isPython(basename(program)) && !script.startsWith("-") ? words.slice(1) : words;
}

/** The words of a command line that `say_command` has printed; each ends with a zero. */
export function wordsOf(hex: string): readonly string[] {
  const words = Buffer.from(hex, "hex").toString("utf8").split("\0");
  if (words.at(-1) === "") words.pop();
  return words;
}
