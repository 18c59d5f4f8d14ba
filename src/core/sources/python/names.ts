import type { Node } from "./tree.ts";

/** What the names of a file stand for that its imports bind: `sp` for `subprocess`, `Popen` for `subprocess.Popen`. */
export type Imports = Map<string, string>;

/** Reads `import a.b as c` and `from a import b as c`. */
export function readImport(node: Node, text: string, imports: Imports): void {
  const words = node.children.map((child) => ({ name: child.name, text: text.slice(child.from, child.to) }));
  const split = words[0]?.name === "from" ? words.findIndex(({ name }) => name === "import") : 0;
  if (split < 0) return;
  const from = words.slice(1, split).map((word) => word.text);
  const prefix = split > 0 ? `${from.join("")}.` : "";
  for (const item of itemsOf(words.slice(split + 1))) {
    const as = item.indexOf("as");
    const path = (as < 0 ? item : item.slice(0, as)).join("");
    const first = item[0] ?? "";
    if (as >= 0) imports.set(item[as + 1] ?? "", prefix + path);
    else imports.set(first, prefix + (prefix === "" ? first : path));
  }
}

function itemsOf(words: readonly { readonly name: string; readonly text: string }[]): string[][] {
  const items: string[][] = [[]];
  for (const { name, text } of words) {
    if (name === ",") items.push([]);
    else if (name !== "(" && name !== ")") items.at(-1)?.push(text);
  }
  return items.filter((item) => item.length > 0);
}

/** `a.b.c` as it is written. */
export function dotted({ name, from, to, children }: Node, text: string): string | undefined {
  if (name === "VariableName") return text.slice(from, to);
  const [object, dot, property, ...more] = children;
  if (name !== "MemberExpression" || !object || dot?.name !== "." || !property || more.length > 0) return undefined;
  const before = dotted(object, text);
  return before && `${before}.${text.slice(property.from, property.to)}`;
}

/** `a.b.c` with what its first name was imported as; `undefined` for what no import binds. */
export function imported(node: Node, text: string, imports: Imports): string | undefined {
  const [first = "", ...rest] = dotted(node, text)?.split(".") ?? [];
  const bound = imports.get(first);
  return bound === undefined ? undefined : [bound, ...rest].join(".");
}
