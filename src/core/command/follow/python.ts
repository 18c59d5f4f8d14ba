import { type Grammar, readOptions } from "../../options.ts";
import { literal } from "../../word.ts";
import { type Follow, firstFile, runBy, scopeOf } from "./following.ts";

/** Source: `python --help`. Behind `-c` and `-m` there is no script. */
const python: Grammar = {
  values: new Set(["-W", "-X", "-c", "-m", "--check-hash-based-pycs"]),
  plain: new Set([..."bBdEhiIOPqsSuvVx?"].map((letter) => `-${letter}`)),
  leading: true,
};

/** `python app.py`, `./app.py`: what the script starts in its turn. */
export const pythonStart: Follow = (command, { read, shell, python: readPython }, program) => {
  const words = program.endsWith(".py") ? command.words : scriptWords(command.words.slice(1));
  const name = literal(words?.[0]);
  if (name === undefined || !name.endsWith(".py")) return undefined;
  const file = firstFile(command, [name], read);
  return file && runBy(command, readPython(file, shell, scopeOf(command)));
};

function scriptWords(words: Parameters<typeof readOptions>[0]): typeof words | undefined {
  const { options, taken } = readOptions(words, python);
  return options.some(({ name }) => name === "-c" || name === "-m") ? undefined : words.slice(taken);
}
