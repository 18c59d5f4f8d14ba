import { mappedText } from "../../../../src/core/mapped.ts";
import { type ShellCommand, shellCommands } from "../../../../src/core/sources/shell/commands.ts";
import { shell } from "../../../../src/core/sources/shell/shell.ts";
import type { Opened } from "../../../../src/core/sources/source.ts";
import { applyEdits, type Edit, type Place } from "../../../../src/core/text.ts";
import { spelled, UNKNOWN, type Word } from "../../../../src/core/word.ts";

/** The script that the tests read is this file. */
export const path = "start.sh";

export function open(text: string): Opened {
  return shell.open({ path, text }, { read: () => undefined, referrers: () => [] });
}

/** The commands of a script that nobody knows anything about. */
export function commandsOf(text: string): readonly ShellCommand[] {
  return shellCommands(mappedText(path, text), { env: new Map(), parameters: undefined, depth: 0 }).commands;
}

/** Text with `«…»` around a part of it, without the marks, and the place of that part. */
export function marked(text: string): { text: string; at: Place } {
  const plain = text.replace(/[«»]/g, "");
  return { text: plain, at: { path, start: text.indexOf("«"), end: text.indexOf("»") - 1 } };
}

/** The text with `«…»` around a place. */
export function mark(text: string, { start, end }: Place): string {
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

/** A word as `?` where it is unknown, with `*` behind one that may be any number of words. */
export function show(word: Word): string {
  const text = spelled(word).replaceAll(UNKNOWN, "?");
  return word.splits ? `${text}*` : /[\s]|^$/.test(text) ? `'${text}'` : text;
}

/** A command on one line: its environment, its words, its standard input. */
export function showCommand({ env, words, stdin }: ShellCommand): string {
  const variables = [...env.values()].map(({ name, value }) => `${name}=${show(value)}`);
  const input = stdin ? [`<<< ${JSON.stringify(stdin.text.replaceAll(UNKNOWN, "?"))}`] : [];
  return [...variables, ...words.map(show), ...input].join(" ");
}

/** The words of all commands, in order. */
export function wordsOf(text: string): Word[] {
  return commandsOf(text).flatMap(({ words }) => words);
}

export function edited(text: string, edits: readonly Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}
