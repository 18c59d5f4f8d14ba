import type { Env, Variable } from "../../invocation.ts";
import type { Edit } from "../../text.ts";
import { literal } from "../../word.ts";
import { removalOf } from "../dockerfile/separated.ts";
import { argumentsOf } from "./arguments.ts";
import { type Context, environ, keyOf, placeOf, textOf } from "./context.ts";
import { dotted, imported } from "./names.ts";
import { childNamed, commaGroups, type Node } from "./tree.ts";
import { wordOf } from "./value.ts";

/** The keys that each dictionary has been given, by its name. */
export type Dictionaries = Map<string, Set<string>>;

/** What a dictionary is looked up in. */
export type Within = Context & { readonly dictionaries: Dictionaries };

/** The name of a dictionary that an expression is: a variable's, or the environment's own. */
export function dictionaryName(node: Node, { file, imports }: Pick<Within, "file" | "imports">): string | undefined {
  if (imported(node, file.text, imports) === environ) return environ;
  return node.name === "VariableName" ? dotted(node, file.text) : undefined;
}

/**
 * The variables of an environment as it is given to a program: `{**os.environ, "X": "1"}`, `dict(os.environ, X="1")`,
 * `os.environ | {…}`, `os.environ.copy()`, or the name of one. What cannot be followed has none that are known.
 */
export function environmentOf(node: Node, within: Within): Env {
  const name = dictionaryName(node, within);
  if (name !== undefined) return entriesNamed(name, within);
  const [first, operator, second] = node.children;
  switch (node.name) {
    case "DictionaryExpression":
      return pairsOf(node, within);
    case "ParenthesizedExpression":
      return operator ? environmentOf(operator, within) : none;
    case "BinaryExpression":
      if (!first || !second || !operator || textOf(operator, within) !== "|") return none;
      return new Map([...environmentOf(first, within), ...environmentOf(second, within)]);
    case "CallExpression":
      return first ? calledEnvironment(node, first, within) : none;
    default:
      return none;
  }
}

const none: Env = new Map();

/** Whether an expression makes a dictionary. */
export function isDictionary(node: Node, { file, imports }: Pick<Within, "file" | "imports">): boolean {
  if (node.name === "DictionaryExpression") return true;
  const [callee] = node.children;
  const name = node.name === "CallExpression" && callee ? dotted(callee, file.text) : undefined;
  const isCopied = name?.endsWith(".copy") ?? false;
  const [object] = isCopied ? (callee?.children ?? []) : [];
  return name === "dict" || (object !== undefined && dictionaryName(object, { file, imports }) === environ);
}

/** What is known of a dictionary by its name. */
export function entriesNamed(name: string, { dictionaries, lookup }: Within): Env {
  return new Map(
    [...(dictionaries.get(name) ?? [])].flatMap((key): [string, Variable][] => {
      const value = lookup(keyOf(name, key));
      const [word] = value?.words ?? [];
      return value && word ? [[key, { name: key, value: word, at: value.at }]] : [];
    }),
  );
}

function calledEnvironment(node: Node, callee: Node, within: Within): Env {
  const list = childNamed(node, "ArgList");
  const name = dotted(callee, within.file.text);
  const [object] = callee.children;
  if (name?.endsWith(".copy") && object) return environmentOf(object, within);
  if (name !== "dict" || !list) return none;
  const { positional } = argumentsOf(list, within.file.text);
  const base = positional.flatMap((each) => [...environmentOf(each, within)]);
  return new Map([...base, ...pairsOf(list, within)]);
}

/** The pairs of `{"X": "1"}` and of `dict(X="1")`, with those of `**more`. Each is taken out with its comma. */
export function pairsOf(node: Node, within: Within): Env {
  const groups = commaGroups(node.children);
  const ranges = groups.map((group) => ({ start: group[0]?.from ?? 0, end: group.at(-1)?.to ?? 0 }));
  const result = new Map<string, Variable>();
  groups.forEach((group, index) => {
    const [key, sign, value] = group;
    if (key?.name === "**" && sign) {
      for (const [name, variable] of environmentOf(sign, within)) result.set(name, variable);
    }
    if (!key || !value || (sign?.name !== ":" && sign?.name !== "AssignOp")) return;
    const name = sign.name === ":" ? literal(wordOf(key, within)) : textOf(key, within);
    if (name === undefined) return;
    const word = wordOf(value, within);
    const { path } = within.file;
    const range = removalOf(ranges, index);
    const remove = (): Edit[] | undefined => range && [{ path, ...range, text: "" }];
    const at = placeOf({ from: key.from, to: value.to }, within);
    result.set(name, { name, value: { ...word, edit: { ...word.edit, remove } }, at });
  });
  return result;
}
