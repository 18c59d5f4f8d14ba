import { type Grammar, lastValue, readOptions } from "../../options.ts";
import { packageScripts } from "../../sources/package-scripts/package-scripts.ts";
import { literal } from "../../word.ts";
import { type Follow, firstFile, runBy, scopeOf } from "./following.ts";

/** Options before the name of the script that take a value. Source: `npm help run`, `pnpm help run`, `yarn run --help`. */
const manager: Grammar = {
  values: new Set([
    "--prefix",
    "-C",
    "--dir",
    "--cwd",
    "-w",
    "--workspace",
    "--filter",
    "-F",
    "--script-shell",
    "--loglevel",
  ]),
  plain: new Set(),
  leading: true,
};

/** The scripts that npm and its kin run by a word of their own. */
const ownWords: ReadonlySet<string> = new Set(["start", "restart", "test"]);
const runWords: ReadonlySet<string> = new Set(["run", "run-script"]);

/** `npm run x`, `pnpm x`, `yarn x`: a script of `package.json`. */
export const packageStart: Follow = (command, { read, shell }, program) => {
  const words = command.words.slice(1);
  const before = readOptions(words, manager);
  const [first, ...rest] = words.slice(before.taken);
  const word = literal(first);
  if (word === undefined) return undefined;
  const after = readOptions(rest, manager);
  const run = runWords.has(word);
  const name = run ? literal(rest[after.taken]) : word;
  const isScript = run || ownWords.has(word) || program === "pnpm" || program === "yarn";
  if (!isScript || name === undefined) return undefined;
  const folder = lastValue([...before.options, ...after.options], "--prefix", "-C", "--dir", "--cwd") ?? ".";
  const file = firstFile(command, [`${folder}/package.json`], read);
  const args = run ? rest.slice(after.taken + 1) : rest;
  return file && runBy(command, packageScripts(file, name, args, shell, scopeOf(command)));
};
