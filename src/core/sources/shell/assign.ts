import { noSlot, type Piece, sliceWord, spelled, type Word } from "../../word.ts";
import { expandValue, expandWord } from "./expand.ts";
import type { ArrayValue, Assignment, Command, WordNode } from "./parse.ts";
import type { Context } from "./segment.ts";
import { edit, gapBefore, gapInList, keep, type Removal } from "./slot.ts";
import { type Site, statementRemoval } from "./statement.ts";
import type { Value } from "./variables.ts";
import { evaluate, placeOfNode, type Walk } from "./walk.ts";

/** A statement that is nothing but assignments. */
export function assignStatement(assignments: readonly Assignment[], site: Site | undefined, walk: Walk): void {
  assignments.forEach((node, index) => {
    const next = assignments[index + 1];
    assign(node, walk, () => {
      if (next) return edit(walk.tree.script, node.pos, next.pos, "");
      return site && assignments.length === 1 ? statementRemoval(walk.tree, node.pos, node.end, site) : undefined;
    });
  });
}

/** `export`, `declare`, `local` and their like. */
export function declare(node: Command, site: Site | undefined, walk: Walk): void {
  const program = node.name?.text ?? "";
  const flags = node.args.filter((arg) => arg.type === "Word" && /^[-+]/.test(arg.text)).map(({ text }) => text);
  const exports = program === "export" ? !flags.includes("-n") : flags.some((flag) => /^-.*x/.test(flag));
  const operands = node.args.filter((arg) => !flags.includes(arg.text));
  for (const operand of operands) {
    const remove: Removal = () => {
      if (operands.length === 1) return site && statementRemoval(walk.tree, node.pos, node.end, site);
      return edit(walk.tree.script, gapBefore(walk.tree.script.text, operand.pos), operand.end, "");
    };
    const name = operand.type === "Assignment" ? operand.name : (/^["']?(\w+)/.exec(operand.text)?.[1] ?? "");
    if (program !== "export" && program !== "readonly") walk.variables.makeLocal(name);
    if (operand.type === "Assignment") assign(operand, walk, remove);
    else if (operand.text.includes("=")) assignQuoted(name, operand, remove, walk);
    else if (program === "local") walk.variables.set(name, [undefined]);
    if (exports) walk.variables.setExported(name, true);
    else if (flags.includes("-n")) walk.variables.setExported(name, false);
  }
}

/** `export "NAME=value"`, with the quotes around all of it. */
function assignQuoted(name: string, node: WordNode, remove: Removal, walk: Walk): void {
  const values = evaluate(walk, (context): Value | undefined => {
    const word = expandValue(node, context, keep);
    if (!spelled(word).startsWith(`${name}=`)) return undefined;
    const value = sliceWord(word, name.length + 1);
    return {
      words: [{ ...value, edit: { ...value.edit, remove: () => remove(node, context.script) } }],
      array: false,
      at: word.at,
    };
  });
  walk.variables.set(name, values);
}

function assign(node: Assignment, walk: Walk, remove: Removal): void {
  const values = evaluate(walk, (context) => assignedValue(node, context, walk, remove));
  const { name, index } = node;
  if (!index) {
    walk.variables.set(name, values);
    return;
  }
  // One element of an array, or the value of a key.
  walk.variables.set(`${name}[${index.value}]`, values);
  const lists = walk.variables.values(name).map((list) => list?.words ?? []);
  const at = placeOfNode(node, walk);
  walk.variables.set(
    name,
    lists.flatMap((words) => values.map((value) => ({ words: [...words, ...value.words], array: true, at }))),
  );
}

/** The value that an assignment gives, also one before a command. */
export function assignedValue(node: Assignment, context: Context, walk: Walk, remove: Removal): Value {
  const at = placeOfNode(node, walk);
  const old = node.append ? context.lookup(node.name) : undefined;
  if (node.value.type === "ArrayValue") {
    return { words: [...(old?.words ?? []), ...elements(node.value, context, walk)], array: true, at };
  }
  const value = expandValue(node.value, context, remove);
  if (!node.append) return { words: [{ ...value, edit: { ...value.edit, after: noSlot.after } }], array: false, at };
  const before: readonly Piece[] = old?.words[0]?.pieces ?? [{ unknown: `$${node.name}`, at }];
  return { words: [{ pieces: [...before, ...value.pieces], at: value.at, edit: noSlot }], array: false, at };
}

function elements(list: ArrayValue, context: Context, { tree }: Walk): Word[] {
  return list.elements.flatMap((element, index) => {
    const previousEnd = list.elements[index - 1]?.end ?? list.pos + 1;
    const remove: Removal = ({ pos, end }, script) => edit(script, gapInList(tree, previousEnd, pos, end), end, "");
    return expandWord(element, context, remove);
  });
}
