import { type Grammar, lastValue, readOptions } from "../../options.ts";
import { makeCommands } from "../../sources/makefile/makefile.ts";
import { literal, sliceWord, spelled, type Word } from "../../word.ts";
import { type Follow, firstFile, runBy, scopeOf } from "./following.ts";

/** Source: GNU make manual, "Summary of Options"; `-j`, `-l` and `-O` take a value only behind the letter. */
const make: Grammar = {
  values: new Set([
    ...["-C", "--directory", "-f", "--file", "--makefile", "-I", "--include-dir", "-o", "--old-file", "--assume-old"],
    ...["-W", "--what-if", "--new-file", "--assume-new", "--eval", "-E"],
  ]),
  plain: new Set(),
};

/** In the order that GNU make looks for them. */
const usualNames = ["GNUmakefile", "makefile", "Makefile"];

/** `make serve`: the recipes of the targets that it names, or of the first one. */
export const makeStart: Follow = (command, { read, shell }) => {
  const { args, options } = readOptions(command.words.slice(1), make);
  const folder = lastValue(options, "-C", "--directory") ?? ".";
  const named = lastValue(options, "-f", "--file", "--makefile");
  const names = named === undefined ? usualNames : [named];
  const file = firstFile(
    command,
    names.map((name) => `${folder}/${name}`),
    read,
  );
  if (!file) return undefined;
  const targets = args.filter((word) => !isAssignment(word)).flatMap((word) => literal(word) ?? []);
  const variables = new Map(args.filter(isAssignment).map(assignment));
  // `-j 4`: what stands by itself and is a number is no target.
  const request = { targets: targets.filter((target) => !/^\d+$/.test(target)), variables };
  return runBy(command, makeCommands(file, request, shell, scopeOf(command)));
};

function isAssignment(word: Word): boolean {
  return /^\w+:?:?=/.test(spelled(word));
}

function assignment(word: Word): [string, Word] {
  const [whole = "", name = ""] = /^(\w+):?:?=/.exec(spelled(word)) ?? [];
  return [name, sliceWord(word, whole.length)];
}
