import { forEachChild, type ShellTree, type Statement, type SyntaxNode } from "./parse.ts";

/** A range of the script, in offsets. */
export type Range = { readonly start: number; readonly end: number };

export type Outline = {
  /** What reads as it is written: words, strings, heredocs. No comment begins and no line can be added inside. */
  readonly opaque: readonly Range[];
  /** Every statement, with the heredocs that it reads; outer ones before the ones inside. */
  readonly statements: readonly Range[];
};

/** Deeper than the commands of a script are followed. */
const deepest = 200;

/** Where the text of a script is, and its statements. What lies between is white space, operators, comments. */
export function outlineOf({ statements }: ShellTree): Outline {
  const opaque: Range[] = [];
  const found: Range[] = [];

  const visit = (node: SyntaxNode, depth: number): void => {
    if (depth > deepest) return;
    const children = () => forEachChild(node, (child) => visit(child, depth + 1));
    switch (node.type) {
      case "Statement":
        addStatement(node, children);
        break;
      case "HereDoc":
        opaque.push(
          { start: node.pos, end: node.end },
          { start: node.body.pos, end: node.closing?.end ?? node.body.end },
        );
        break;
      case "Assignment":
        opaque.push({ start: node.pos, end: node.value.pos });
        visit(node.value, depth + 1);
        break;
      case "ArithmeticFor":
        opaque.push({ start: node.pos, end: node.body.pos });
        visit(node.body, depth + 1);
        break;
      case "Word":
        if (node.parts && node.text.includes("\n")) children();
        else opaque.push({ start: node.pos, end: node.end });
        break;
      case "CommandExpansion":
      case "ProcessSubstitution":
        if (node.script && node.script.source === undefined) children();
        else opaque.push({ start: node.pos, end: node.end });
        break;
      default:
        if (leaves.has(node.type)) opaque.push({ start: node.pos, end: node.end });
        else children();
    }
  };

  const addStatement = ({ pos, end }: Statement, children: () => void) => {
    const index = found.push({ start: pos, end }) - 1;
    const before = opaque.length;
    children();
    // A heredoc stands behind the line of its command, and belongs to it.
    const last = opaque.slice(before).reduce((most, range) => Math.max(most, range.end), end);
    found[index] = { start: pos, end: last };
  };

  for (const statement of statements) visit(statement, 0);
  return {
    opaque: opaque.sort((a, b) => a.start - b.start),
    // A block that is not finished yet has no range.
    statements: found.filter(({ start, end }) => start < end),
  };
}

const leaves: ReadonlySet<SyntaxNode["type"]> = new Set([
  "Literal",
  "Glob",
  "SingleQuoted",
  "AnsiCQuoted",
  "SimpleExpansion",
  "ParameterExpansion",
  "ArithmeticExpansion",
  "ExtendedGlob",
  "BraceExpansion",
  "ArithmeticCommand",
]);
