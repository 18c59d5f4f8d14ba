import type { Place } from "../../text.ts";
import { isKnown, type Word } from "../../word.ts";
import { type Context, expandWord, removeArgument } from "../dialect/expand.ts";
import type { CommandNode, WordNode } from "../dialect/nodes.ts";
import { startProgram } from "../dialect/program.ts";
import { evaluate, type Run, sourceOf } from "../dialect/run.ts";
import { fieldWords } from "../shell/fields.ts";
import { placeOf, segmentOf } from "../shell/segment.ts";
import { behindElement } from "./assign.ts";

/**
 * `Start-Process`, which starts a program and does not wait for it; `false` for any other command.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.management/start-process.
 */
export function runStartProcess(node: CommandNode, run: Run): boolean {
  if (!/^(?:start-process|saps|start)$/i.test(sourceOf(node, run))) return false;
  const { program, list, waits } = readParameters(node, run);
  if (!program) return true;
  const at = placeOf(run, node.start, node.end);
  const results = evaluate(run, (context, env) => ({
    words: [...expandWord(program, context, undefined), ...argumentWords(list, context, at)],
    env: env(),
  }));
  for (const { words, env } of results)
    startProgram({ words, env, at, ...((!waits || node.background) && { background: true }) }, run);
  return true;
}

type Parameters = { program: WordNode | undefined; list: WordNode[]; waits: boolean };

const switches = /^-(?:nnw|nonew\w*|pas\w*|wait|loa\w*|lup|use\w*)$/i;

function readParameters({ words }: CommandNode, { script }: Run): Parameters {
  const result: Parameters = { program: undefined, list: [], waits: false };
  let name = "";
  let previous: WordNode | undefined;
  for (const word of words.slice(1)) {
    const source = script.text.slice(word.start, word.end);
    const isNext = previous !== undefined && script.text.slice(previous.end, word.start).includes(",");
    previous = word;
    if (!isNext && /^-[a-z]+:?$/i.test(source)) {
      if (/^-wait$/i.test(source)) result.waits = true;
      name = switches.test(source) ? "" : source;
    } else if (isNext && result.list.length > 0) result.list.push(word);
    else {
      // Without a name the first value is the program, and the second its arguments.
      const meant = name === "" ? (result.program ? "-a" : "-f") : name;
      if (/^-(?:f|path)/i.test(meant)) result.program = word;
      else if (/^-a/i.test(meant)) result.list = [word];
      name = "";
    }
  }
  return result;
}

/** The elements are put together to one line, in which those with blanks are several words. */
function argumentWords(list: readonly WordNode[], context: Context, at: Place): Word[] {
  return list.flatMap((node) => {
    const isElement = context.spelling.extent?.(context.script.text, node) !== undefined;
    const remove = isElement ? removeArgument(node, context) : () => undefined;
    const words = expandWord(node, context, remove);
    return words.flatMap((word) => {
      const own =
        node.parts[0]?.type === "variable" ? word.edit : { ...word.edit, after: behindElement(node, context) };
      const isSplit = word.pieces.some((piece) => isKnown(piece) && /\s/.test(piece.text));
      if (!isSplit) return [{ ...word, edit: own }];
      const segments = word.pieces.map((piece) => segmentOf(piece, { quoted: false, expanded: true }));
      return fieldWords(segments, at, () => own);
    });
  });
}
