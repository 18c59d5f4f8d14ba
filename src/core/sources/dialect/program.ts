import { programOf } from "../../program.ts";
import { isKnown, spelled, type Word } from "../../word.ts";
import type { ShellCommand } from "../shell/commands.ts";
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
  const names = run.dialect.anyCase ? [name, name.toLowerCase()] : [name];
  return starts !== undefined && !names.some((each) => starts(each, text.slice(node.start, node.end)));
}

/** Starts a program, by the name that it is known by. */
export function startProgram({ words, ...command }: ShellCommand, run: Run): void {
  if (words.length > 0)
    run.commands.push({ words: run.dialect.anyCase ? withKnownName(words, run) : words, ...command });
}

/** `JUPYTER.EXE` is the same program as `jupyter`; what nobody knows in lower case either stays as it is typed. */
function withKnownName(words: readonly Word[], { scope: { starts } }: Run): readonly Word[] {
  const [first, ...rest] = words;
  if (!first || !starts) return words;
  const pieces = first.pieces.map((piece) => (isKnown(piece) ? { ...piece, text: piece.text.toLowerCase() } : piece));
  const name = programOf(first);
  const lower = programOf({ pieces });
  if (name === undefined || lower === undefined || name === lower) return words;
  const command = words.map(spelled).join(" ");
  return starts(lower, command) && !starts(name, command) ? [{ ...first, pieces }, ...rest] : words;
}
