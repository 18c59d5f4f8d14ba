import { noSlot, type Word } from "../../word.ts";
import type { Follow } from "./following.ts";

/** `source start.sh`, `. start.sh`: run by the shell itself, which starts the same as if another shell ran it. */
export const sourced: Follow = (command) => {
  const [program, ...rest] = command.words;
  if (!program || rest.length === 0) return undefined;
  const shell: Word = { pieces: [{ text: "bash" }], at: program.at, edit: noSlot };
  return [{ ...command, words: [shell, ...rest] }];
};
