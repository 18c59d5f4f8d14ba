import { type Env, mostWords, type Variable } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Word } from "../../word.ts";
import { assignedValue, assignStatement, declare } from "./assign.ts";
import { applyBuiltin } from "./builtins.ts";
import { expandWord } from "./expand.ts";
import { standardInput, writesScript } from "./heredoc.ts";
import type { Assignment, Command, WordNode } from "./parse.ts";
import { callFunction } from "./progress.ts";
import { isQuiet } from "./quiet.ts";
import type { Context } from "./segment.ts";
import { edit, keep, removeArgument } from "./slot.ts";
import { declarations, type Site } from "./statement.ts";
import { evaluate, placeOfNode, type Walk } from "./walk.ts";

/** Runs a simple command: an assignment, a declaration, a call of a function, or a program that is started. */
export function runCommand(node: Command, site: Site | undefined, walk: Walk): void {
  const { name } = node;
  if (!name) assignStatement(assignmentsOf(node), site, walk);
  else if (declarations.has(name.text)) declare(node, site, walk);
  else runProgram(node, name, walk);
}

function runProgram(node: Command, name: WordNode, walk: Walk): void {
  const called = walk.functions.get(name.text);
  if (called ? walk.isQuiet(called) : isQuiet(node, walk.tree.script.text, walk.scope.starts)) return;
  const runs = evaluate(walk, (context) => expandCommand(node, name, context, walk));
  const at = placeOfNode(node, walk);
  if (called) {
    callFunction(called, runs, placeOfNode(called, walk), walk, () => walk.enter(called.body, walk));
    return;
  }
  for (const { words, env, stdin, script } of runs) {
    const background = walk.background && ({ background: true } as const);
    if (words.length > 0) walk.commands.push({ words, env, at, ...(stdin && { stdin }), ...background });
    if (script) walk.runScript(script, { env: new Map(), parameters: undefined, depth: walk.scope.depth + 1, at });
  }
  if (runs[0]) applyBuiltin(runs[0].words, walk.variables, at);
}

/** A command with one choice of values. */
type Run = {
  readonly words: readonly Word[];
  readonly env: Env;
  readonly prefix: readonly Variable[];
  readonly stdin: Mapped | undefined;
  /** A shell script that it writes to a file. */
  readonly script: Mapped | undefined;
};

function expandCommand(node: Command, name: WordNode, context: Context, walk: Walk): Run {
  const words = commandWords(node, name, context);
  const prefix = prefixVariables(node, name, context, walk);
  const inherited = walk.variables.environment(context.inherit);
  const env = prefix.length > 0 ? new Map([...inherited, ...byName(prefix)]) : inherited;
  const stdin = node.redirects.length > 0 ? standardInput(node, context) : undefined;
  const script = stdin && writesScript(node, words, stdin, context) ? stdin : undefined;
  return { words, env, prefix, stdin, script };
}

/** One word more than are read is enough to tell that there are more. */
function commandWords({ args }: Command, name: WordNode, context: Context): Word[] {
  // A command without its first word is another command.
  const words = expandWord(name, context, keep);
  for (const argument of args) {
    if (words.length > mostWords) break;
    if (argument.type === "Word") words.push(...expandWord(argument, context, removeArgument).slice(0, mostWords + 1));
  }
  return words;
}

function byName(variables: readonly Variable[]): [string, Variable][] {
  return variables.map((variable) => [variable.name, variable]);
}

/** The assignments before a command's name; each is taken out with the gap behind it. */
function prefixVariables(node: Command, name: WordNode, context: Context, walk: Walk): Variable[] {
  const assignments = assignmentsOf(node);
  return assignments.flatMap((assignment, index) => {
    const next = assignments[index + 1] ?? name;
    const removal = () => edit(context.script, assignment.pos, next.pos, "");
    const { words, array, at } = assignedValue(assignment, context, walk, removal);
    const [value] = words;
    return value && !array ? [{ name: assignment.name, value, at }] : [];
  });
}

function assignmentsOf({ prefix }: Command): Assignment[] {
  return prefix.filter((item) => item.type === "Assignment");
}
