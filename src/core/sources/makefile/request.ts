import { literal, sliceWord, spelled, type Word } from "../../word.ts";

/** What `make` is told on its command line. */
export type MakeCall = {
  readonly targets: readonly string[];
  readonly variables: ReadonlyMap<string, Word>;
  /** `-C FOLDER`, each seen from the one before. */
  readonly folders: readonly Word[];
  /** `-f FILE`; without one make looks for GNUmakefile, makefile and Makefile. */
  readonly files: readonly Word[];
};

/** The programs that are GNU make. */
export const makePrograms: ReadonlySet<string> = new Set(["make", "gmake"]);

/**
 * The arguments of `make`, without the program itself; `undefined` where it only shows something (`-n`, `-p`, `--help`).
 * Source: GNU make manual 9.8 (Summary of Options).
 */
export function makeCall(args: readonly Word[]): MakeCall | undefined {
  const call: Call = { targets: [], variables: new Map<string, Word>(), folders: [], files: [] };
  let areOptions = true;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    const text = word ? spelled(word) : "";
    if (areOptions && text === "--") areOptions = false;
    else if (areOptions && /^-./.test(text)) {
      const option = readOption(text);
      if (!option) return undefined;
      const next = args[index + 1];
      if (takesNext(option, next)) index++;
      keepOption(option, option.value === undefined ? next : word && sliceWord(word, option.value), call);
    } else if (word) keepOperand(word, text, call);
  }
  return call;
}

type Call = { targets: string[]; variables: Map<string, Word>; folders: Word[]; files: Word[] };

function keepOption({ name }: Option, value: Word | undefined, { folders, files }: Call): void {
  if (value && name === "C") folders.push(value);
  if (value && name === "f") files.push(value);
}

/** `NAME=value` or a target. */
function keepOperand(word: Word, text: string, { targets, variables }: Call): void {
  const [, name] = /^([^\s=:?+!#$]+)[ \t]*:{0,3}=/.exec(text) ?? [];
  const target = literal(word);
  if (name !== undefined) variables.set(name, sliceWord(word, text.indexOf("=") + 1));
  else if (target !== undefined) targets.push(target);
}

function takesNext({ takes, value }: Option, next: Word | undefined): boolean {
  if (!next || value !== undefined) return false;
  return takes === "value" || (takes === "number" && /^\d+$/.test(spelled(next)));
}

type Option = { readonly name: string; readonly takes: "nothing" | "value" | "number"; readonly value?: number };

const long: Readonly<Record<string, Option["name"]>> = {
  directory: "C",
  file: "f",
  makefile: "f",
  "include-dir": "I",
  "old-file": "o",
  "assume-old": "o",
  "what-if": "W",
  "new-file": "W",
  "assume-new": "W",
  eval: "E",
  "just-print": "n",
  "dry-run": "n",
  recon: "n",
  question: "q",
  touch: "t",
  "print-data-base": "p",
  help: "h",
  version: "v",
};

/** An option with its value's offset; `undefined` for one after which nothing is run. */
function readOption(text: string): Option | undefined {
  const [, spelling, equals] = /^--([\w-]+)(=)?/.exec(text) ?? [];
  if (spelling !== undefined) {
    const name = long[spelling] ?? "";
    if (idle.has(name)) return undefined;
    const takes = withValue.has(name) ? "value" : "nothing";
    return { name, takes, ...(equals && { value: text.indexOf("=") + 1 }) };
  }
  return readCluster(text);
}

/** `-kj4`, `-Cfolder`: one letter after the other, until one has a value. */
function readCluster(text: string): Option | undefined {
  for (let at = 1; at < text.length; at++) {
    const name = text.charAt(at);
    if (idle.has(name)) return undefined;
    if (withValue.has(name)) return { name, takes: "value", ...(at + 1 < text.length && { value: at + 1 }) };
    if (name === "O") break;
    if ((name === "j" || name === "l") && at + 1 === text.length) return { name, takes: "number" };
  }
  return { name: "", takes: "nothing" };
}

const withValue: ReadonlySet<string> = new Set(["C", "f", "I", "o", "W", "E"]);
const idle: ReadonlySet<string> = new Set(["n", "q", "t", "p", "h", "v"]);
