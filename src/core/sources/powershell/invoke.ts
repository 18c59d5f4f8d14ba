import { mappedWord } from "../../mapped.ts";
import { isKnown } from "../../word.ts";
import { runNodes } from "../dialect/commands.ts";
import { expandWord } from "../dialect/expand.ts";
import type { CommandNode } from "../dialect/nodes.ts";
import { evaluate, type Run, sourceOf } from "../dialect/run.ts";

/** How much text that is a value is read as commands, and how deep inside of each other: no person types more. */
const mostText = 100_000;
const deepest = 6;

/**
 * `Invoke-Expression`, which runs a text. It answers `false` for any other command.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-expression.
 */
export function invokeExpression(): (node: CommandNode, run: Run) => boolean {
  let left = mostText;
  return (node, run) => {
    if (!/^(?:invoke-expression|iex)$/i.test(sourceOf(node, run))) return false;
    const text = node.words.slice(1).filter((word) => !/^-/.test(run.script.text.slice(word.start, word.end)))[0];
    if (!text) return true;
    for (const [word] of evaluate(run, (context) => expandWord(text, context, undefined))) {
      // What a variable leaves open is no text that could be read.
      if (!word?.pieces.some(isKnown)) continue;
      const script = mappedWord(word);
      left -= script.text.length + 1;
      const { depth } = run.scope;
      if (left < 0 || depth >= deepest) return true;
      const { nodes } = run.dialect.parse(script.text);
      const scope = { ...run.scope, depth: depth + 1 };
      runNodes(nodes, { ...run, script, scope, fallback: word.at, functions: new Map() }, node.background);
    }
    return true;
  };
}
