import type { Invocation } from "../invocation.ts";
import { type Mapped, mappedPieces, mappedWord } from "../mapped.ts";
import { scriptInvocations } from "../sources/shell/script.ts";
import { type Piece, spelled, type Word } from "../word.ts";

/** `eval WORDS…`, `ssh HOST WORDS…`: the words with a space between them are a script. */
export function joinedScript(current: Invocation, words: readonly Word[]): Invocation[] {
  const [only, ...more] = words;
  if (!only) return [];
  if (more.length === 0) return scriptInvocations(mappedWord(only), current, undefined);
  // Words that a shell would read as the same words keep their own slots; a joined text could not be edited.
  if (words.every((word) => !/[\s"'`$\\|&;<>(){}*?#~]/.test(spelled(word)))) return [{ ...current, words }];
  return scriptInvocations(joined(words), current, undefined);
}

function joined(words: readonly Word[]): Mapped {
  const space: Piece = { text: " " };
  return mappedPieces(words.flatMap((word, index) => (index > 0 ? [space, ...word.pieces] : word.pieces)));
}
