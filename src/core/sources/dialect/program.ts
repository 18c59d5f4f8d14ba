import { programOf } from "../../program.ts";
import { quietPrograms } from "../shell/quiet-programs.ts";
import type { CommandNode } from "./nodes.ts";
import { plainText, type Run } from "./run.ts";

/** Whether nothing can come of a command: it starts nothing, or nobody knows what it starts. */
export function isQuiet(node: CommandNode, run: Run): boolean {
  const { text } = run.script;
  const [first] = node.words;
  const program = first && plainText(first, text);
  const name = program === undefined ? undefined : programOf({ pieces: [{ text: program }] });
  if (name === undefined) return false;
  if (quietPrograms.has(name)) return true;
  const { starts } = run.scope;
  return starts !== undefined && !starts(name, text.slice(node.start, node.end));
}
