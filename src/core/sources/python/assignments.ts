import { literal, noSlot } from "../../word.ts";
import { readCalls } from "./calls.ts";
import { textOf } from "./context.ts";
import { keep, setKey } from "./dictionaries.ts";
import { dictionaryName, isDictionary } from "./environment.ts";
import { extend } from "./lists.ts";
import { commaGroups, type Node } from "./tree.ts";
import { evaluate, wordOf, wordsOf } from "./value.ts";
import { choices, type Walk } from "./walk.ts";

/** `a = b = value`, `a, b = 1, 2`, `os.environ["X"] = "1"`. */
export function readAssignment(node: Node, walk: Walk, spare: boolean): void {
  readCalls(node, node, walk, spare);
  const sides: Node[][] = [[]];
  for (const child of node.children) {
    if (child.name === "AssignOp") sides.push([]);
    else if (child.name !== "TypeDef") sides.at(-1)?.push(child);
  }
  const values = commaGroups(sides.at(-1) ?? []);
  for (const side of sides.length > 1 ? sides.slice(0, -1) : []) {
    const targets = commaGroups(side);
    targets.forEach(([target], index) => {
      const [value] = (targets.length === values.length ? values[index] : undefined) ?? [];
      if (target) assign(target, value, node, walk, spare);
    });
  }
}

function assign(target: Node, value: Node | undefined, statement: Node, walk: Walk, spare: boolean): void {
  const { variables } = walk;
  const [object, open, key] = target.children;
  if (target.name === "VariableName") {
    const name = textOf(target, walk);
    if (value && isDictionary(value, walk)) keep(name, value, walk);
    variables.set(name, value ? choices(walk, (within) => evaluate(value, within)) : [undefined]);
  } else if (target.name === "MemberExpression" && object && open?.name === "[" && key) {
    const name = dictionaryName(object, walk);
    const written = choices(walk, (within) => literal(wordOf(key, within)))[0];
    if (name !== undefined && written !== undefined && value) setKey(name, written, value, statement, walk, spare);
  }
}

/** `cmd += ["x"]`. */
export function readUpdate(node: Node, walk: Walk, spare: boolean): void {
  readCalls(node, node, walk, spare);
  const [target, operator, value] = node.children;
  if (target?.name !== "VariableName" || !operator || !value) return;
  const name = textOf(target, walk);
  if (textOf(operator, walk) !== "+=") {
    walk.variables.set(name, [undefined]);
    return;
  }
  extend(name, walk, (before, within) => {
    if (before.array) return [...before.words, ...wordsOf(value, within)];
    const pieces = [...(before.words[0]?.pieces ?? []), ...wordOf(value, within).pieces];
    return [{ pieces, at: before.at, edit: noSlot }];
  });
}
