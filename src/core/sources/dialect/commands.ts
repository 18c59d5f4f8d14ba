import type { Env, Variable } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Word } from "../../word.ts";
import type { Scope, ShellCommands } from "../shell/commands.ts";
import { callFunction, startProgress } from "../shell/progress.ts";
import { placeOf } from "../shell/segment.ts";
import { edit } from "../shell/slot.ts";
import { type Context, expandValue, expandWord, removeArgument } from "./expand.ts";
import type { BlockNode, CommandNode, Node } from "./nodes.ts";
import { isQuiet, startProgram } from "./program.ts";
import { type Dialect, evaluate, type Run, sourceOf } from "./run.ts";

/** Every command that a script of a dialect starts. */
export function dialectCommands(dialect: Dialect, script: Mapped, scope: Scope): ShellCommands {
  const { nodes, limit } = dialect.parse(script.text);
  const run: Run = { ...startProgress(script, scope), dialect, script };
  if (limit !== undefined)
    run.limits.push({ at: placeOf(run, limit, Math.min(limit + 1, script.text.length)), what: "nesting" });
  runNodes(nodes, run);
  return { commands: run.commands, limits: run.limits };
}

/** Runs statements one after the other. */
export function runNodes(nodes: readonly Node[], run: Run, background = false): void {
  for (const node of nodes) {
    if (node.type === "function") run.functions.set(node.name, node);
    else if (node.type === "block") runBlock(node, run, background);
    else if (node.joined === "or") run.variables.branch([() => runCommand(node, run, background)], false);
    else runCommand(node, run, background);
  }
}

function runBlock(node: BlockNode, run: Run, background: boolean): void {
  const { variables } = run;
  const inside = background || node.background;
  const { arms, exhaustive, loop } = node;
  if (loop) {
    const words = loop.words.flatMap(
      (word) => evaluate(run, (context) => expandWord(word, context, undefined))[0] ?? [],
    );
    const at = placeOf(run, node.start, node.end);
    const values = words.map((word) => (word.splits ? undefined : { words: [word], array: false, at }));
    variables.set(loop.name, values.length > 0 ? values : [undefined]);
  }
  const bodies = arms.map((arm) => () => variables.call(() => runNodes(arm, run, inside)));
  const [only] = bodies;
  if (bodies.length === 1 && exhaustive && only) only();
  else variables.branch(bodies, exhaustive);
}

function runCommand(node: CommandNode, run: Run, background: boolean): void {
  run.variables.isolated(() => runNodes(node.inner, run, background));
  if (node.words.length === 0 || run.dialect.builtin(node, run)) return;
  const called = run.functions.get(sourceOf(node, run));
  if (!called && isQuiet(node, run)) return;
  const at = placeOf(run, node.start, node.end);
  const results = evaluate(run, (context, env) => {
    const prefix = prefixVariables(node, context);
    return { words: argumentsOf(node, context), prefix, env: withVariables(env(), prefix) };
  });
  if (called) {
    callFunction(called, results, at, run, () => runNodes(called.body, run));
    return;
  }
  for (const { words, env } of results) {
    const program = run.dialect.program?.(words, node, run) ?? { words };
    const waits = !(background || node.background || program.background);
    startProgram({ words: program.words, env, at, ...(!waits && { background: true }) }, run);
  }
}

function argumentsOf(node: CommandNode, context: Context): Word[] {
  // A command without its first word is another command.
  return node.words.flatMap((word, index) =>
    expandWord(word, context, index === 0 ? undefined : removeArgument(word, context)),
  );
}

/** The assignments before a command's name; each is taken out with the gap behind it. */
function prefixVariables({ prefix, words }: CommandNode, context: Context): Variable[] {
  return prefix.map(({ name, value, start, end }, index) => {
    const next = prefix[index + 1]?.start ?? words[0]?.start ?? end;
    const word = expandValue(value, context, () => edit(context.script, start, next, ""));
    return { name, value: word, at: placeOf(context, start, end) };
  });
}

function withVariables(env: Env, variables: readonly Variable[]): Env {
  if (variables.length === 0) return env;
  return new Map([...env, ...variables.map((variable): [string, Variable] => [variable.name, variable])]);
}
