import { mappedPieces } from "../../mapped.ts";
import { forEachChild, type ParsedScript, parseShell, type SyntaxNode } from "./parse.ts";
import { placeOfNode, type Walk } from "./walk.ts";

/** Runs the scripts of `$(…)`, backquotes and `<(…)` in a part of the script, but not the part itself. */
export function runSubstitutions(node: SyntaxNode, walk: Walk): void {
  const text = walk.tree.script.text.slice(node.pos, node.end);
  // The body of a heredoc stands behind its command.
  if (!/[(`]|<</.test(text)) return;
  const visit = (part: SyntaxNode) => {
    const substitutes =
      part.type === "CommandExpansion" ||
      part.type === "ProcessSubstitution" ||
      part.type === "ArithmeticCommandExpansion";
    if (!substitutes) forEachChild(part, visit);
    else if (part.script) runSubstitution(part.script, part, walk);
  };
  forEachChild(node, visit);
}

function runSubstitution(script: ParsedScript, part: SyntaxNode, walk: Walk): void {
  const { variables } = walk;
  if (script.source === undefined) {
    variables.isolated(() => walk.enter(script, walk));
    return;
  }
  // Backquotes inside backquotes: the parser has taken the backslashes off, so nothing stands where it says.
  const tree = parseShell(mappedPieces([{ text: script.source, at: placeOfNode(part, walk) }]));
  variables.isolated(() => {
    for (const { command } of tree.statements) walk.enter(command, { ...walk, tree });
  });
}
