import type { Env } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import { programOf } from "../../program.ts";
import type { Edit, Place } from "../../text.ts";
import type { Word } from "../../word.ts";
import { eachChoice } from "../shell/choices.ts";
import type { Scope, ShellCommand, ShellCommands } from "../shell/commands.ts";
import { quietPrograms } from "../shell/quiet-programs.ts";
import { placeOf } from "../shell/segment.ts";
import { edit } from "../shell/slot.ts";
import { mostValues, parameters, shellVariables, type Variables } from "../shell/variables.ts";
import type { Limit } from "../source.ts";
import { type Context, expandValue, expandWord, removeArgument, type Spelling } from "./expand.ts";
import type { BlockNode, CommandNode, FunctionNode, Node, Parsed, WordNode } from "./nodes.ts";

/** What tells one shell from another, once its text is read. */
export type Dialect = {
  readonly spelling: Spelling;
  parse(text: string): Parsed;
  /** Runs what is a part of the shell itself, such as an assignment; `false` for a program. */
  builtin(node: CommandNode, run: Run): boolean;
  /** The words of a program where they are not simply those of the command. */
  program?(words: readonly Word[], node: CommandNode, run: Run): Program | undefined;
};

export type Program = { readonly words: readonly Word[]; readonly background?: boolean };

/** A script while it is run. */
export type Run = {
  readonly dialect: Dialect;
  readonly script: Mapped;
  readonly scope: Scope;
  readonly fallback: Place;
  readonly variables: Variables;
  readonly commands: ShellCommand[];
  readonly limits: Limit[];
  readonly functions: Map<string, FunctionNode>;
  readonly calls: Map<FunctionNode, number>;
  readonly active: Set<FunctionNode>;
};

const nowhere: Place = { path: "", start: 0, end: 0 };

/** Every command that a script of a dialect starts. */
export function dialectCommands(dialect: Dialect, script: Mapped, scope: Scope): ShellCommands {
  const fallback = scope.at ?? script.place(0, script.text.length) ?? nowhere;
  const { nodes, limit } = dialect.parse(script.text);
  const variables = shellVariables(scope.env, scope.parameters, fallback);
  const state = { functions: new Map(), calls: new Map(), active: new Set<FunctionNode>(), limits: [], commands: [] };
  const run: Run = { dialect, script, scope, fallback, variables, ...state };
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
  const results = evaluate(run, (context, env) => ({
    words: argumentsOf(node, context),
    env: withPrefix(node, context, env()),
  }));
  if (called) {
    callFunction(called, results, at, run);
    return;
  }
  for (const { words, env } of results) {
    const program = run.dialect.program?.(words, node, run) ?? { words };
    const waits = !(background || node.background || program.background);
    if (program.words.length > 0)
      run.commands.push({ words: program.words, env, at, ...(!waits && { background: true }) });
  }
}

/** Works something out for each combination of the values that it reads; most of it needs no environment. */
export function evaluate<T>(run: Run, work: (context: Context, env: () => Env) => T): T[] {
  const { script, fallback, variables } = run;
  const { spelling } = run.dialect;
  return eachChoice(variables, (lookup, inherit) =>
    work({ script, fallback, lookup, spelling }, () => variables.environment(inherit)),
  );
}

function argumentsOf(node: CommandNode, context: Context): Word[] {
  // A command without its first word is another command.
  return node.words.flatMap((word, index) =>
    expandWord(word, context, index === 0 ? undefined : removeArgument(word, context)),
  );
}

/** The environment with the assignments before a command's name; each is taken out with the gap behind it. */
function withPrefix(node: CommandNode, context: Context, env: Env): Env {
  if (node.prefix.length === 0) return env;
  const result = new Map(env);
  node.prefix.forEach(({ name, value, start, end }, index) => {
    const next = node.prefix[index + 1]?.start ?? node.words[0]?.start ?? end;
    const word = expandValue(value, context, () => edit(context.script, start, next, ""));
    result.set(name, { name, value: word, at: placeOf(context, start, end) });
  });
  return result;
}

function callFunction(
  called: FunctionNode,
  results: readonly { words: readonly Word[]; env: Env }[],
  at: Place,
  run: Run,
): void {
  const { variables, calls, active } = run;
  const count = (calls.get(called) ?? 0) + 1;
  calls.set(called, count);
  // As many as a variable has values: functions that call functions would multiply the work without end.
  if (active.has(called) || count > mostValues) return;
  active.add(called);
  variables.call(() => {
    variables.makeLocal(parameters);
    variables.set(
      parameters,
      results.map(({ words }) => ({ words: words.slice(1), array: true, at })),
    );
    for (const [name, variable] of results[0]?.env ?? []) {
      variables.makeLocal(name);
      variables.set(name, [{ words: [variable.value], array: false, at: variable.at }]);
      variables.setExported(name, true);
    }
    runNodes(called.body, run);
  });
  active.delete(called);
}

/** A command's first word as it is written. */
export function sourceOf({ words }: CommandNode, { script }: Pick<Run, "script">): string {
  return words[0] ? script.text.slice(words[0].start, words[0].end) : "";
}

/** Whether nothing can come of a command: it starts nothing, or nobody knows what it starts. */
function isQuiet(node: CommandNode, run: Run): boolean {
  const { text } = run.script;
  const [first] = node.words;
  const program = first && plainText(first, text);
  const name = program === undefined ? undefined : programOf({ pieces: [{ text: program }] });
  if (name === undefined) return false;
  if (quietPrograms.has(name)) return true;
  const { starts } = run.scope;
  return starts !== undefined && !starts(name, text.slice(node.start, node.end));
}

/** What a word says where no variable is a part of it. */
export function plainText({ parts }: WordNode, text: string): string | undefined {
  let result = "";
  for (const part of parts) {
    if (part.type !== "text") return undefined;
    result += part.text ?? text.slice(part.start, part.end);
  }
  return result;
}

/** Takes a statement out: with the `;` or `&&` behind it, or with its line where it has one to itself. */
export function removeStatement(node: CommandNode, run: Run): Edit[] | undefined {
  const { script } = run;
  const { text } = script;
  const { start, end, next, joined, needed } = node;
  // What comes next would hang on something else.
  const isAskedFor = next !== undefined && /\bor[ \t]+$/.test(text.slice(end, next));
  if (needed || joined === "or" || isAskedFor) return undefined;
  const behind =
    next === undefined ? undefined : /^[ \t]*(;|&&?)(?:[ \t]|[\\`^]?\r?\n)*(and[ \t]+)?$/.exec(text.slice(end, next));
  if (behind && next !== undefined && (joined === "" || behind[1] !== ";")) return edit(script, start, next, "");
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*(?:;[ \t]*)?(?:(#)|(?:\r?\n)|$)/.exec(text.slice(end, end + 1000));
  if (joined !== "" || text.slice(lineStart, start).trim() !== "" || !rest) return undefined;
  // A comment behind the statement may say more than what the statement did; it stays, on its own line.
  if (rest[1]) return edit(script, start, end + rest[0].length - 1, "");
  return edit(script, lineStart, end + rest[0].length, "");
}
