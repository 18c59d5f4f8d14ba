import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import type { Limit } from "../source.ts";
import { eachChoice } from "./choices.ts";
import type { Scope, ShellCommand } from "./commands.ts";
import type { FunctionNode, ShellTree, SyntaxNode } from "./parse.ts";
import { type Context, placeOf } from "./segment.ts";
import type { Value, Variables } from "./variables.ts";

/** A script while it is read statement by statement, the way a shell would run it. */
export type Walk = {
  readonly tree: ShellTree;
  readonly scope: Scope;
  /** For what stands nowhere by itself. */
  readonly fallback: Place;
  readonly variables: Variables;
  readonly commands: ShellCommand[];
  readonly limits: Limit[];
  readonly functions: Map<string, FunctionNode>;
  /** How often each function was called. */
  readonly calls: Map<FunctionNode, number>;
  /** The functions that are being run: none calls itself again. */
  readonly active: Set<FunctionNode>;
  depth: number;
  /** Whether what is read now runs in the background. */
  background: boolean;
  /** Whether nothing can come of calling a function. */
  isQuiet(called: FunctionNode): boolean;
  /** Runs a part of the script, one level down. */
  enter(node: SyntaxNode, walk: Walk): void;
  /** Runs another script, which this one wrote to a file. */
  runScript(script: Mapped, scope: Scope): void;
};

/** Works something out for each combination of the values that it reads, and does the assignments of `${V:=d}`. */
export function evaluate<T>(walk: Walk, work: (context: Context) => T): T[] {
  const assigned = new Map<string, Value[]>();
  const { fallback, variables } = walk;
  const { script } = walk.tree;
  const assign: Context["assign"] = (name, value) => assigned.set(name, [...(assigned.get(name) ?? []), value]);
  const results = eachChoice(variables, (lookup, inherit) => work({ script, lookup, inherit, assign, fallback }));
  for (const [name, values] of assigned) {
    variables.set(name, [...variables.values(name).filter((value) => value !== undefined), ...values]);
  }
  return results;
}

/** Where a node is written. */
export function placeOfNode(node: { readonly pos: number; readonly end: number }, walk: Walk): Place {
  return placeOf({ script: walk.tree.script, fallback: walk.fallback }, node.pos, node.end);
}
