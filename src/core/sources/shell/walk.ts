import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { eachChoice } from "./choices.ts";
import type { Scope } from "./commands.ts";
import type { FunctionNode, ShellTree, SyntaxNode } from "./parse.ts";
import type { Progress } from "./progress.ts";
import { type Context, placeOf } from "./segment.ts";
import type { Value } from "./variables.ts";

/** A script while it is read statement by statement, the way a shell would run it. */
export type Walk = Progress<FunctionNode> & {
  readonly tree: ShellTree;
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
