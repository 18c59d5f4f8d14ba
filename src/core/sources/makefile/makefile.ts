import type { Env } from "../../invocation.ts";
import { mappedPieces } from "../../mapped.ts";
import { insertable, literal, noSlot, type Piece, solid, type Word } from "../../word.ts";
import { deepestCall, inBackgroundOf, isAskedFor, leavesFolder, mostCalls, startsOr } from "../followed.ts";
import type { ReadShell, Scope, ShellCommand, ShellCommands } from "../shell/commands.ts";
import type { Limit, SourceFile } from "../source.ts";
import { expand, textOf } from "./expand.ts";
import { readMakefile } from "./read.ts";
import { recipeScripts } from "./recipe.ts";
import { makeCall, makePrograms } from "./request.ts";
import { makeRules, type Rule, type Rules, type Target } from "./rules.ts";
import { makeVariables, type Variables } from "./variables.ts";

/** What make is asked for. */
export type Request = { readonly targets: readonly string[]; readonly variables: ReadonlyMap<string, Word> };

/**
 * The commands of the recipes that `make TARGET…` runs, prerequisites first, each target once. Every target is taken for
 * out of date. Implicit rules and included files are not followed; `$(MAKE) TARGET` in a recipe is, where it is about the
 * same file. Never throws. Source: GNU make manual, https://www.gnu.org/software/make/manual/make.html
 */
export function makeCommands(file: SourceFile, request: Request, shell: ReadShell, scope: Scope): ShellCommands {
  const limits: Limit[] = [];
  if (file.text.length > largest) return { commands: [], limits: [{ at: placeOfFirstLine(file), what: "size" }] };
  return run(request, { file, shell, scope, limits, left: { targets: mostTargets, calls: mostCalls } });
}

/** More than any makefile that a person wrote. */
const largest = 1_000_000;
const mostTargets = 2000;
const deepestPrerequisite = 100;
const mostExpansions = 20_000;

type Running = {
  readonly file: SourceFile;
  readonly shell: ReadShell;
  readonly scope: Scope;
  readonly limits: Limit[];
  readonly left: { targets: number; calls: number };
};

/** A makefile that has been read, while its targets are made. */
type Making = Running & {
  readonly request: Request;
  readonly rules: Rules;
  readonly budget: { left: number };
  readonly commands: ShellCommand[];
  readonly made: Set<string>;
};

function run(request: Request, running: Running): ShellCommands {
  const { file, scope } = running;
  const variables = initialVariables(request, scope.env);
  const rules = makeRules();
  const budget = { left: mostExpansions };
  readMakefile(file, { variables, budget }, rules);
  const making: Making = { ...running, request, rules, budget, commands: [], made: new Set() };
  const goals = request.targets.length > 0 ? request.targets : defaultGoals(variables, making);
  for (const goal of goals) make(goal, variables, making, 0);
  return making;
}

/** Source: GNU make manual 9.2 and 9.5 (Arguments to Specify the Goals, Overriding Variables), 6.10, 5.7.1. */
function initialVariables({ variables: given }: Request, env: Env): Variables {
  const variables = makeVariables();
  const make: Piece = { text: "make" };
  const nowhere = { path: "", start: 0, end: 0 };
  variables.set("MAKE", { pieces: [make], recursive: false, at: nowhere, edit: noSlot });
  for (const [name, { value, at }] of env) {
    variables.set(name, { pieces: value.pieces, recursive: true, at, edit: value.edit });
    variables.setExported([name], true);
  }
  for (const [name, { pieces, at, edit }] of given) {
    variables.set(name, { pieces, recursive: true, at, edit, fixed: true });
    variables.setExported([name], true);
  }
  return variables;
}

function defaultGoals(variables: Variables, { rules, budget }: Making): readonly string[] {
  const set = variables.get(".DEFAULT_GOAL");
  const named = set && textOf(expand(mappedPieces(set.pieces), { variables, budget }))?.trim();
  return [named || rules.first()].filter((name) => name !== undefined);
}

function make(name: string, outer: Variables, making: Making, depth: number): void {
  const target = making.made.has(name) || depth > deepestPrerequisite ? undefined : making.rules.target(name);
  making.made.add(name);
  if (!target || making.left.targets <= 0) return;
  making.left.targets--;
  const variables = target.assignments.length > 0 ? outer.inner() : outer;
  for (const assign of target.assignments) assign(variables);
  for (const rule of target.rules) {
    for (const { name } of rule.prerequisites) make(name, variables, making, depth + 1);
    if (rule.recipe.length > 0) runRecipe(target, rule, variables, making);
  }
}

function runRecipe(target: Target, rule: Rule, variables: Variables, making: Making): void {
  const { budget, rules, scope, shell, limits } = making;
  const oneShell = rules.target(".ONESHELL") !== undefined;
  if (rules.target(".EXPORT_ALL_VARIABLES")) variables.setExported([], true);
  if (!usesShell(variables, making)) return;
  const env = environment(variables, making);
  for (const { script, at: own } of recipeScripts(target, rule, { variables, budget }, oneShell)) {
    const at = own ?? scope.at;
    const inner: Scope = {
      env,
      parameters: [],
      depth: scope.depth + 1,
      ...startsOr(makePrograms, scope),
      ...(at && { at }),
    };
    const found = shell(script, inner);
    limits.push(...found.limits);
    const leaves = leavesFolder(script.text);
    for (const command of found.commands) follow({ ...command, ...(at && { at }) }, leaves, making);
  }
}

/** Another shell, such as `SHELL = python3`, reads its recipes in its own way. */
function usesShell(variables: Variables, { budget }: Making): boolean {
  const set = variables.get("SHELL");
  const path = set && textOf(expand(mappedPieces(set.pieces), { variables, budget }));
  return path === undefined || path === "" || /(^|\/)\w*sh(\s.*)?$/.test(path.trim());
}

/** What recipes inherit. Source: GNU make manual 5.7.2 (Communicating Variables to a Sub-`make`). */
function environment(variables: Variables, { budget }: Making): Env {
  return new Map(
    variables.exported().flatMap((name) => {
      const definition = variables.get(name);
      if (!definition || !/^[A-Za-z_]\w*$/.test(name)) return [];
      const { pieces: written, recursive, at, edit } = definition;
      const pieces = recursive ? expand(mappedPieces(written), { variables, budget }) : written;
      const place = solid(pieces);
      const replace = (text: string) => (place && insertable(text) ? [{ ...place, text }] : edit.replace(text));
      const known = pieces.length > 0 ? pieces : [{ text: "", at: { ...at, start: at.end } }];
      return [[name, { name, value: { pieces: known, at, edit: { ...edit, replace } }, at }] as const];
    }),
  );
}

/** A command of a recipe; one that calls make for the same file is what that runs. */
function follow(command: ShellCommand, leaves: boolean, making: Making): void {
  const { commands, scope, left, request } = making;
  const [first, ...args] = command.words;
  const call = !leaves && makePrograms.has(literal(first) ?? "") ? makeCall(args) : undefined;
  if (call === undefined || call.folders.length > 0 || call.files.length > 0) {
    if (isAskedFor(command, makePrograms, scope)) commands.push(command);
    return;
  }
  if (left.calls <= 0 || scope.depth >= deepestCall) return;
  left.calls--;
  const inner = { targets: call.targets, variables: new Map([...request.variables, ...call.variables]) };
  const found = run(inner, { ...making, scope: { ...scope, env: command.env, depth: scope.depth + 1 } });
  commands.push(...inBackgroundOf(command, found.commands));
}

function placeOfFirstLine({ path, text }: SourceFile) {
  const end = text.indexOf("\n");
  return { path, start: 0, end: end < 0 ? text.length : end };
}
