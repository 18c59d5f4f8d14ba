import type { Fact, Invocation, Variable } from "../invocation.ts";
import { mappedWord } from "../mapped.ts";
import { type CommandLine, type Grammar, type OptionUse, readOptions } from "../options.ts";
import { scriptInvocations, splitWords } from "../sources/shell/script.ts";
import { userFact } from "../user.ts";
import { literal, noSlot, sliceWord, spelled, type Word } from "../word.ts";
import type { Wrapper } from "./wrappers.ts";

/** The command that a wrapper starts; `undefined` where it starts none, as with `conda install`. */
export function unwrapOnce(current: Invocation, wrapper: Wrapper): Invocation[] | undefined {
  const grammar = grammarOf(wrapper);
  const start = afterSubcommand(current.words.slice(1), wrapper, grammar);
  if (!start) return undefined;
  const line = readOptions(start, grammar);
  const user = userOf(wrapper, line, start);
  const outer: Invocation = user ? { ...current, user } : current;
  const script = scriptOf(wrapper, grammar, start);
  if (script) return scriptInvocations(mappedWord(script), outer, undefined);
  return command(outer, wrapper, line, start.slice(line.taken + (wrapper.skip ?? 0)));
}

/** The script of `su - jupyter -c SCRIPT`, wherever its option stands. */
function scriptOf({ script }: Wrapper, grammar: Grammar, words: readonly Word[]): Word | undefined {
  if (!script) return undefined;
  const { values, plain } = grammar;
  return readOptions(words, { values, plain }).options.find(({ name }) => script.includes(name))?.value;
}

function grammarOf(wrapper: Wrapper): Grammar {
  return { values: new Set(wrapper.values), plain: new Set(wrapper.plain), leading: true };
}

/** The words behind `run` of `conda run`, behind options that stand before it. */
function afterSubcommand(words: readonly Word[], wrapper: Wrapper, grammar: Grammar): readonly Word[] | undefined {
  if (!wrapper.subcommand) return words;
  const rest = words.slice(readOptions(words, grammar).taken);
  const form = wrapper.subcommand.find((names) => names.every((name, index) => literal(rest[index]) === name));
  return form && rest.slice(form.length);
}

/** The program with its arguments: behind assignments, split out of a string, or as `python -m`. */
function command(
  outer: Invocation,
  wrapper: Wrapper,
  line: CommandLine,
  rest: readonly Word[],
): Invocation[] | undefined {
  const module = line.options.find(({ name }) => wrapper.module?.includes(name));
  if (module?.value) return [{ ...outer, words: [...asPython(module), module.value, ...rest] }];
  const split = line.options.find(({ name }) => wrapper.splits?.includes(name))?.value;
  const words = split ? [...splitWords(split), ...rest] : rest;
  const count = wrapper.assignments ? words.findIndex((word) => !/^\w+=/.test(spelled(word))) : 0;
  if (count < 0 || words.length === 0) return undefined;
  const env = new Map([...outer.env, ...words.slice(0, count).map(assignment)]);
  return [{ ...outer, env, words: words.slice(count) }];
}

/** `python -m`, for a wrapper that runs a module: nobody wrote these words. */
function asPython(module: OptionUse): Word[] {
  const at = module.words[0]?.at;
  if (!at) return [];
  return ["python", "-m"].map((text) => ({ pieces: [{ text, at }], at, edit: noSlot }));
}

/** `NAME=value` in front of a command. */
function assignment(word: Word): [string, Variable] {
  const name = spelled(word).slice(0, spelled(word).indexOf("="));
  return [name, { name, value: sliceWord(word, name.length + 1), at: word.at }];
}

function userOf(wrapper: Wrapper, line: CommandLine, words: readonly Word[]): Fact<"root" | "other"> | undefined {
  if (!wrapper.user) return undefined;
  const option = line.options.findLast(({ name }) => wrapper.user?.options?.includes(name))?.value;
  const word = option ?? (wrapper.user.skipped ? words[line.taken] : undefined);
  // `sudo jupyter` is root by the way it is started, but that is no word to point at; `run-as-root` asks for one.
  if (word) return userFact(word);
  return wrapper.user.default ? { value: wrapper.user.default, via: [] } : undefined;
}
