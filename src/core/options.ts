import { literal, sliceWord, spelled, UNKNOWN, type Word } from "./word.ts";

/** What a command line may say, and how its parser reads it. Names are as typed, with their dashes. */
export type Grammar = {
  /** Options that take a value. */
  readonly values: ReadonlySet<string>;
  /** Options that take none. */
  readonly plain: ReadonlySet<string>;
  /** Options that several values may follow, up to the next option. */
  readonly several?: ReadonlySet<string>;
  /** Any unambiguous beginning of a long option counts as the whole (argparse). */
  readonly abbreviations?: true;
  /** How a long name is compared: vLLM takes `_` for `-`. */
  readonly normalize?: (name: string) => string;
  /** Reading ends at the first word that is no option: `sudo`, `docker run`. */
  readonly leading?: true;
  /** Reading ends behind these options: what follows `python -m MODULE` is the module's. */
  readonly final?: ReadonlySet<string>;
};

/** One option as it was given. */
export type OptionUse = {
  /** The name as the grammar has it. */
  readonly name: string;
  /** Absent for an option that takes none. */
  readonly value?: Word;
  /** The words it is made of: `--ip=V` is one, `--ip V` two, with `several` more. */
  readonly words: readonly Word[];
};

export type CommandLine = {
  readonly options: readonly OptionUse[];
  /** The words that are no options, in order. */
  readonly args: readonly Word[];
  /** With `leading`: how many words the options took. */
  readonly taken: number;
};

/** Reads options the way getopt and its descendants do: `--x V`, `--x=V`, `-x V`, `-xV`, `-abc`, and `--` to end them. */
export function readOptions(words: readonly Word[], grammar: Grammar): CommandLine {
  const options: OptionUse[] = [];
  const args: Word[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (!word) break;
    const text = spelled(word);
    if (text === "--") {
      index++;
      if (!grammar.leading) for (const rest of words.slice(index)) args.push(rest);
      break;
    }
    if (grammar.leading && word.splits) {
      index++;
    } else if (isOption(text)) {
      const found = text.startsWith("--") ? readLong(words, index, grammar) : readShort(words, index, grammar);
      for (const option of found) options.push(option);
      // Of several options in a word only the last one takes values, and it has them all.
      index += found.at(-1)?.words.length ?? 1;
      if (found.some(({ name }) => grammar.final?.has(name))) break;
    } else if (grammar.leading) {
      break;
    } else {
      args.push(word);
      index++;
    }
  }
  return { options, args, taken: index };
}

function isOption(text: string): boolean {
  return text.length > 1 && text.startsWith("-") && text[1] !== UNKNOWN;
}

/** `--name`, `--name V`, `--name=V`. */
function readLong(words: readonly Word[], index: number, grammar: Grammar): OptionUse[] {
  const word = words[index];
  if (!word) return [];
  const text = spelled(word);
  const equals = text.indexOf("=");
  const typed = equals < 0 ? text : text.slice(0, equals);
  const name = fullName(typed, grammar);
  if (equals >= 0) return [{ name, value: sliceWord(word, equals + 1), words: [word] }];
  if (grammar.values.has(name)) return withValue(words, index, name, grammar);
  return [{ name, words: [word] }];
}

/** `-x`, `-x V`, `-xV`, `-x=V`, `-abc`; one that is listed as a whole (`-dpa`) counts as such. */
function readShort(words: readonly Word[], index: number, grammar: Grammar): OptionUse[] {
  const word = words[index];
  if (!word) return [];
  const text = spelled(word);
  const equals = text.indexOf("=");
  const whole = equals < 0 ? text : text.slice(0, equals);
  if (whole.length > 2 && (grammar.values.has(whole) || grammar.plain.has(whole))) {
    if (equals >= 0) return [{ name: whole, value: sliceWord(word, equals + 1), words: [word] }];
    return grammar.values.has(whole) ? withValue(words, index, whole, grammar) : [{ name: whole, words: [word] }];
  }
  const found: OptionUse[] = [];
  for (let at = 1; at < text.length; at++) {
    const name = `-${text[at]}`;
    if (!grammar.values.has(name)) {
      found.push({ name, words: [word] });
    } else if (at + 1 < text.length) {
      const from = text[at + 1] === "=" ? at + 2 : at + 1;
      return [...found, { name, value: sliceWord(word, from), words: [word] }];
    } else {
      return [...found, ...withValue(words, index, name, grammar)];
    }
  }
  return found;
}

/** An option whose value, or values, are the words behind it. */
function withValue(words: readonly Word[], index: number, name: string, grammar: Grammar): OptionUse[] {
  const word = words[index];
  const value = words[index + 1];
  if (!word) return [];
  if (!value) return [{ name, words: [word] }];
  const found: OptionUse[] = [{ name, value, words: [word, value] }];
  if (!grammar.several?.has(name)) return found;
  for (let next = index + 2; next < words.length; next++) {
    const more = words[next];
    if (!more || isOption(spelled(more))) break;
    found.push({ name, value: more, words: words.slice(index, next + 1) });
  }
  return found;
}

/** The listed name that `typed` stands for. */
function fullName(typed: string, grammar: Grammar): string {
  const name = grammar.normalize?.(typed) ?? typed;
  const isListed = grammar.values.has(name) || grammar.plain.has(name);
  return isListed || !grammar.abbreviations || name.length <= 2 ? name : (completed(name, grammar) ?? name);
}

/** The listed name that begins so, if there is just one. */
function completed(name: string, { values, plain }: Grammar): string | undefined {
  let found: string | undefined;
  for (const names of [values, plain]) {
    for (const candidate of names) {
      if (!candidate.startsWith(name)) continue;
      if (found) return undefined;
      found = candidate;
    }
  }
  return found;
}

/** The text of the last use of any of `names`, if it is known. */
export function lastValue(options: readonly OptionUse[], ...names: string[]): string | undefined {
  return literal(options.findLast((option) => names.includes(option.name))?.value);
}
