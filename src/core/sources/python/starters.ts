import { mappedPieces } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { literal, spelled, type Word } from "../../word.ts";
import type { ReadShell, Scope, ShellCommand, ShellCommands } from "../shell/commands.ts";
import { type Arguments, argumentsOf } from "./arguments.ts";
import { environ } from "./context.ts";
import { entriesNamed, environmentOf, type Within } from "./environment.ts";
import { imported } from "./names.ts";
import { childNamed, type Node } from "./tree.ts";
import { evaluate, listed, wordOf, wordsOf } from "./value.ts";

/** How a function of Python's library is told what to start. */
type Starter = {
  /**
   * `process`: a list of words, or with `shell=True` a script; `script`: a script; `words`: each argument is a word;
   * `path words` and `path list`: the program, then its words with its name once more.
   */
  readonly takes: "process" | "script" | "words" | "path words" | "path list";
  /** Python does not wait for it. */
  readonly background?: true;
  /** `os.spawn*` begins with how it waits. */
  readonly mode?: true;
  /** The last argument is the environment. */
  readonly environment?: true;
};

/**
 * Sources: docs.python.org/3/library/subprocess.html, os.html (Process Management), asyncio-subprocess.html.
 */
const starters: ReadonlyMap<string, Starter> = new Map<string, Starter>([
  ...["run", "call", "check_call", "check_output"].map((name): [string, Starter] => [
    `subprocess.${name}`,
    { takes: "process" },
  ]),
  ["subprocess.Popen", { takes: "process", background: true }],
  ["subprocess.getoutput", { takes: "script" }],
  ["subprocess.getstatusoutput", { takes: "script" }],
  ["os.system", { takes: "script" }],
  ["os.popen", { takes: "script" }],
  ["asyncio.create_subprocess_exec", { takes: "words", background: true }],
  ["asyncio.create_subprocess_shell", { takes: "script", background: true }],
  ...["execl", "execlp", "execle", "execlpe", "execv", "execvp", "execve", "execvpe"].map(osStarter),
  ...["spawnl", "spawnlp", "spawnle", "spawnlpe", "spawnv", "spawnvp", "spawnve", "spawnvpe"].map(osStarter),
  ["os.posix_spawn", { takes: "path list", environment: true }],
  ["os.posix_spawnp", { takes: "path list", environment: true }],
]);

function osStarter(name: string): [string, Starter] {
  const takes = /^(exec|spawn)l/.test(name) ? "path words" : "path list";
  const spawns = name.startsWith("spawn") && ({ mode: true } as const);
  return [`os.${name}`, { takes, ...spawns, ...(name.endsWith("e") && { environment: true }) }];
}

/** What a call needs to be read. */
export type Starting = {
  readonly within: Within;
  readonly shell: ReadShell;
  readonly scope: Scope;
  /** The statement that it stands in. */
  readonly at: Place;
};

/** Whether a call is one that starts something. */
export function starterOf(call: Node, { file, imports }: Pick<Within, "file" | "imports">): Starter | undefined {
  const [callee] = call.children;
  const name = callee && imported(callee, file.text, imports);
  return name === undefined ? undefined : starters.get(name);
}

/** What a call starts, with one choice of values. */
export function started(call: Node, starter: Starter, starting: Starting): ShellCommands {
  const list = childNamed(call, "ArgList");
  if (!list) return nothing;
  const { within } = starting;
  const all = argumentsOf(list, within.file.text);
  const mode = starter.mode ? all.groups[0]?.[0] : undefined;
  const given = starter.mode ? { ...all, groups: all.groups.slice(1) } : all;
  const isLate = mode !== undefined && /NOWAIT/.test(within.file.text.slice(mode.from, mode.to));
  const background = starter.background || isLate;
  const words = wordsGiven(given, starter, within);
  const env = environmentGiven(given, starter, within);
  if (!words || words.length === 0) return nothing;
  const isScript = starter.takes === "script" || (starter.takes === "process" && usesShell(given, within));
  const found = isScript ? scriptCommands(words, env, starting) : programCommands(words, env, starting);
  if (!background) return found;
  return { ...found, commands: found.commands.map((command) => ({ ...command, background: true })) };
}

const nothing: ShellCommands = { commands: [], limits: [] };

function wordsGiven(given: Arguments, { takes, environment }: Starter, within: Within): readonly Word[] | undefined {
  const groups = environment && takes === "path words" ? given.groups.slice(0, -1) : given.groups;
  const [first, second] = groups;
  const subject = given.keywords.get("args") ?? given.keywords.get("cmd") ?? given.keywords.get("command");
  switch (takes) {
    case "process":
    case "script": {
      const [only] = first ?? [];
      const node = subject ?? (only?.name === "*" ? undefined : only);
      if (!node) return undefined;
      const value = evaluate(node, within);
      // A name that nobody knows may be a list or a string.
      if (!value && takes === "process")
        return usesShell(given, within) ? [wordOf(node, within)] : wordsOf(node, within);
      return value?.words ?? [wordOf(node, within)];
    }
    case "words":
      return listed(groups, within);
    case "path words": {
      const [path, , ...rest] = listed(groups, within);
      return path && [path, ...rest];
    }
    case "path list": {
      const [path] = first ?? [];
      const [list] = second ?? [];
      return path && [wordOf(path, within), ...(list ? wordsOf(list, within).slice(1) : [])];
    }
  }
}

function usesShell({ keywords }: Arguments, { file }: Within): boolean {
  const shell = keywords.get("shell");
  return shell !== undefined && file.text.slice(shell.from, shell.to) === "True";
}

function environmentGiven(given: Arguments, { environment, takes }: Starter, within: Within) {
  const last = takes === "path list" ? given.groups[2]?.[0] : given.groups.at(-1)?.[0];
  const node = given.keywords.get("env") ?? (environment ? last : undefined);
  const isInherited = !node || within.file.text.slice(node.from, node.to) === "None";
  return isInherited ? entriesNamed(environ, within) : environmentOf(node, within);
}

/** With `shell=True` a list is the script and what it finds as `$0`, `$1`, …. */
function scriptCommands(
  words: readonly Word[],
  env: ShellCommand["env"],
  { shell, scope, at }: Starting,
): ShellCommands {
  const [script, , ...parameters] = words;
  if (!script) return nothing;
  return shell(mappedPieces(script.pieces), { ...scope, env, parameters, depth: scope.depth + 1, at });
}

function programCommands(words: readonly Word[], env: ShellCommand["env"], { scope, at }: Starting): ShellCommands {
  const program = literal(words[0])?.replace(/^.*\//, "");
  const isForeign = program !== undefined && scope.starts?.(program, words.map(spelled).join(" ")) === false;
  return isForeign ? nothing : { commands: [{ words, env, at }], limits: [] };
}
