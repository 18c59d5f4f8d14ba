import { literal } from "../../word.ts";
import type { Value } from "../shell/variables.ts";
import type { Arguments } from "./arguments.ts";
import { keyOf, placeOf } from "./context.ts";
import { environmentOf, pairsOf } from "./environment.ts";
import { statementRemoval } from "./slots.ts";
import type { Node } from "./tree.ts";
import { wordOf } from "./value.ts";
import { choices, type Walk } from "./walk.ts";

/** Gives a name a dictionary with what is known of its pairs. */
export function keep(name: string, value: Node, walk: Walk): void {
  const found = choices(walk, (within) => environmentOf(value, within));
  walk.dictionaries.set(name, new Set());
  addAll(name, found, walk);
}

/** Adds pairs to a dictionary, for each choice what is found with it. */
function addAll(name: string, found: readonly ReturnType<typeof environmentOf>[], walk: Walk): void {
  const keys = walk.dictionaries.get(name) ?? new Set();
  walk.dictionaries.set(name, keys);
  for (const key of new Set(found.flatMap((each) => [...each.keys()]))) {
    keys.add(key);
    const values = found.map((each): Value | undefined => {
      const variable = each.get(key);
      return variable && { words: [variable.value], array: false, at: variable.at };
    });
    walk.variables.set(keyOf(name, key), values);
  }
}

/** `environ["X"] = value`: the variable is taken out with the statement. */
export function setKey(name: string, key: string, value: Node, statement: Node, walk: Walk, spare: boolean): void {
  const at = placeOf(statement, walk);
  const remove = () => statementRemoval(walk.file, statement, spare);
  const found = choices(walk, (within) => {
    const word = wordOf(value, within);
    return new Map([[key, { name: key, value: { ...word, edit: { ...word.edit, remove } }, at }]]);
  });
  addAll(name, found, walk);
}

/** The same where the key is an expression: `os.putenv("X", "1")`, `setdefault`. */
export function setComputedKey(
  name: string,
  key: Node | undefined,
  value: Node | undefined,
  statement: Node,
  walk: Walk,
  spare: boolean,
) {
  const written = key && choices(walk, (within) => literal(wordOf(key, within)))[0];
  if (written !== undefined && value) setKey(name, written, value, statement, walk, spare);
}

/** `environ.update(more, X="1")`. */
export function updateDictionary(name: string, list: Node, { groups }: Arguments, walk: Walk): void {
  const found = choices(walk, (within) => {
    const more = groups.flatMap(([each]) => (each ? [...environmentOf(each, within)] : []));
    return new Map([...more, ...pairsOf(list, within)]);
  });
  addAll(name, found, walk);
}
