import { parser } from "@lezer/python";

/** A part of a Python file, by the names of @lezer/python's grammar. Tokens such as `(` and `,` are nodes too. */
export type Node = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly Node[];
};

/** Deeper than any script that a person wrote, and shallow enough to go through level by level. */
const deepest = 150;

/** Parses Python; any text has a tree. `tooDeep` is the first part that was left out because of its nesting. */
export function parsePython(text: string): { readonly script: Node; readonly tooDeep?: Node } {
  const script: Node & { children: Node[] } = { name: "Script", from: 0, to: text.length, children: [] };
  const open = [script];
  let tooDeep: Node | undefined;
  parser.parse(text).iterate({
    enter({ name, from, to, type }) {
      if (type.isTop || name === "Comment") return type.isTop;
      const node = { name, from, to, children: [] };
      open.at(-1)?.children.push(node);
      if (open.length > deepest) {
        tooDeep ??= node;
        return false;
      }
      open.push(node);
      return true;
    },
    leave({ type }) {
      if (!type.isTop) open.pop();
    },
  });
  return { script, ...(tooDeep && { tooDeep }) };
}

export function childNamed({ children }: Node, ...names: readonly string[]): Node | undefined {
  return children.find(({ name }) => names.includes(name));
}

/** The children between two tokens, by the commas between them: arguments, elements. */
export function commaGroups(children: readonly Node[]): Node[][] {
  const groups: Node[][] = [[]];
  for (const child of children) {
    if (child.name === ",") groups.push([]);
    else if (!brackets.has(child.name)) groups.at(-1)?.push(child);
  }
  return groups.filter((group) => group.length > 0);
}

const brackets: ReadonlySet<string> = new Set(["(", ")", "[", "]", "{", "}", "⚠"]);
