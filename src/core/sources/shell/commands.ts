import type { Env } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import type { Word } from "../../word.ts";
import type { Limit } from "../source.ts";
import { runNode, runStatements, runUncalled } from "./control.ts";
import { type FunctionNode, parseShell, type ShellTree } from "./parse.ts";
import { startProgress } from "./progress.ts";
import { isQuietFunction } from "./quiet.ts";
import type { Walk } from "./walk.ts";

/** What a script knows when it starts. */
export type Scope = {
  /** The environment: variables that are set and exported from outside. */
  readonly env: Env;
  /** `$1`, `$2`, …; `undefined` where nobody knows them, so that `"$@"` is any number of words. */
  readonly parameters: readonly Word[] | undefined;
  /** How many scripts this one is inside of. */
  readonly depth: number;
  /** Whether a program may start something that is known; commands of others are left out. */
  readonly starts?: (program: string, command: string) => boolean;
  /** What starts the script; stands for what has no place of its own, such as text put together at run time. */
  readonly at?: Place;
};

/** One simple command of a script, with the variables that are known where it stands. */
export type ShellCommand = {
  readonly words: readonly Word[];
  /** What it inherits: the scope's environment, exported assignments and its own prefix. */
  readonly env: Env;
  /** The whole statement. */
  readonly at: Place;
  /** The heredoc or here-string on its standard input. */
  readonly stdin?: Mapped;
  /** The shell does not wait for it: `&`. */
  readonly background?: true;
};

/** How a shell reads a script: every simple command that it runs. Never throws. */
export type ReadShell = (script: Mapped, scope: Scope) => ShellCommands;

export type ShellCommands = { readonly commands: readonly ShellCommand[]; readonly limits: readonly Limit[] };

/**
 * Every simple command that a script runs, one for each value of a variable that has several. Left out are commands
 * such as `echo` and `mkdir`, which start nothing.
 */
export function shellCommands(script: Mapped, scope: Scope): ShellCommands {
  return treeCommands(parseShell(script), scope);
}

/** The same for a script that is parsed already. */
export function treeCommands(tree: ShellTree, scope: Scope): ShellCommands {
  const walk = startWalk(tree, scope);
  if (tree.limit) walk.limits.push({ at: firstLine(tree, walk.fallback), what: tree.limit });
  runStatements(tree.statements, walk, true);
  runUncalled(walk);
  return walk;
}

/** How many scripts inside of scripts are followed. */
const deepestScript = 6;

function startWalk(tree: ShellTree, scope: Scope): Walk {
  const { script } = tree;
  const progress = startProgress<FunctionNode>(script, scope);
  return {
    ...progress,
    tree,
    depth: 0,
    background: false,
    isQuiet: remembered((called) => isQuietFunction(called, script.text, scope.starts)),
    enter: runNode,
    runScript(inner, innerScope) {
      if (innerScope.depth > deepestScript) return;
      const { commands, limits } = shellCommands(inner, innerScope);
      progress.commands.push(...commands);
      progress.limits.push(...limits);
    },
  };
}

function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const results = new Map<K, V>();
  return (key) => {
    const result = results.has(key) ? results.get(key) : undefined;
    if (result !== undefined) return result;
    const made = work(key);
    results.set(key, made);
    return made;
  };
}

function firstLine({ script }: ShellTree, fallback: Place): Place {
  const end = script.text.indexOf("\n");
  return script.place(0, end < 0 ? script.text.length : end) ?? fallback;
}
