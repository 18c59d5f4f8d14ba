import type { Invocation } from "../invocation.ts";
import { type Grammar, readOptions } from "../options.ts";
import { literal, spelled } from "../word.ts";
import { joinedScript } from "./joined.ts";

/** Source: screen(1). */
const screen: Grammar = {
  values: new Set(["-S", "-c", "-e", "-h", "-p", "-s", "-t", "-T"]),
  plain: new Set(["-d", "-m", "-D", "-R"]),
  leading: true,
};
/** Source: tmux(1), `new-session`, `new-window`, `split-window`, `send-keys`. */
const tmux: Grammar = {
  values: new Set(["-c", "-e", "-F", "-f", "-n", "-s", "-t", "-x", "-y", "-L", "-S"]),
  plain: new Set(["-d", "-A", "-D", "-E", "-P", "-X", "-h", "-v", "-b", "-k", "-a", "-u", "-2"]),
  leading: true,
};
const starters = new Set([
  "new",
  "new-session",
  "neww",
  "new-window",
  "splitw",
  "split-window",
  "respawn-pane",
  "respawn-window",
]);

/** The command that a terminal multiplexer starts, or types into one of its windows. */
export function terminalRun(current: Invocation, program: string): Invocation[] {
  const rest = current.words.slice(1);
  if (program === "screen") return [{ ...current, words: rest.slice(readOptions(rest, screen).taken) }];
  const words = rest.slice(readOptions(rest, tmux).taken);
  const subcommand = literal(words[0]) ?? "";
  const behind = words.slice(1);
  const args = behind.slice(readOptions(behind, tmux).taken);
  // One word is a script for a shell; several are a program and its arguments.
  if (starters.has(subcommand)) return args.length === 1 ? joinedScript(current, args) : [{ ...current, words: args }];
  if (subcommand !== "send" && subcommand !== "send-keys") return [];
  // Keys are typed as they are; what holds a space is a command line, `Enter` and `C-m` are keys.
  return args.filter((word) => spelled(word).includes(" ")).flatMap((word) => joinedScript(current, [word]));
}
