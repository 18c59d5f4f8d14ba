import type { Word } from "../../word.ts";
import type { Value } from "../shell/variables.ts";
import type { Arguments } from "./arguments.ts";
import { textOf } from "./context.ts";
import type { Within } from "./environment.ts";
import type { Node } from "./tree.ts";
import { wordOf, wordsOf } from "./value.ts";
import { choices, type Walk } from "./walk.ts";

/** Gives a name other words than it had before; what nobody knows stays so. */
export function extend(name: string, walk: Walk, work: (before: Value, within: Within) => readonly Word[]): void {
  const values = choices(walk, (within) => {
    const before = within.lookup(name);
    return before && { ...before, words: work(before, within) };
  });
  walk.variables.set(name, values);
}

/** `cmd.append("x")` and the other methods that change a list. */
export function changeList(name: string, method: string, { positional: [first, second] }: Arguments, walk: Walk): void {
  if (!walk.variables.values(name).some((value) => value?.array)) return;
  if (method === "append" && first) extend(name, walk, ({ words }, within) => [...words, wordOf(first, within)]);
  else if (method === "extend" && first)
    extend(name, walk, ({ words }, within) => [...words, ...wordsOf(first, within)]);
  else if (method === "insert" && first && second) insert(name, textOf(first, walk), second, walk);
  else if (disordering.has(method)) walk.variables.set(name, [undefined]);
}

/** What is left of a list behind these is not followed. */
const disordering: ReadonlySet<string> = new Set(["pop", "remove", "clear", "reverse", "sort"]);

function insert(name: string, index: string, value: Node, walk: Walk): void {
  extend(name, walk, ({ words }, within) => {
    const at = /^\d+$/.test(index) ? Number(index) : words.length;
    return [...words.slice(0, at), wordOf(value, within), ...words.slice(at)];
  });
}
