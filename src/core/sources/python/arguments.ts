import { commaGroups, type Node } from "./tree.ts";

/** The arguments of a call. */
export type Arguments = {
  readonly positional: readonly Node[];
  readonly keywords: ReadonlyMap<string, Node>;
  /** The same as groups of nodes, with the stars of `*more`; without the keywords. */
  readonly groups: readonly (readonly Node[])[];
};

/** Reads the arguments of a call. Those behind a star are left out of `positional`, since nobody can count them. */
export function argumentsOf(list: Node, text: string): Arguments {
  const positional: Node[] = [];
  const keywords = new Map<string, Node>();
  const groups: Node[][] = [];
  for (const group of commaGroups(list.children)) {
    const [first, second, third] = group;
    if (!first || first.name === "**") continue;
    if (second?.name === "AssignOp") {
      if (third) keywords.set(text.slice(first.from, first.to), third);
      continue;
    }
    groups.push(group);
    if (first.name !== "*" && groups.length === positional.length + 1) positional.push(first);
  }
  return { positional, keywords, groups };
}
