import type { ShellName } from "../core/command/typed.ts";
import { insertable } from "../core/word.ts";

/** A program with its arguments as a line of a shell: what is not plain stands in quotes. */
export function lineOf(words: readonly string[], shell: ShellName): string {
  return words.map((word) => (insertable(word) ? word : escapes[shell](word))).join(" ");
}

const escapes: Readonly<Record<ShellName, (word: string) => string>> = {
  posix: (word) => `'${word.replaceAll("'", "'\\''")}'`,
  fish: (word) => `'${word.replace(/['\\]/g, "\\$&")}'`,
  powershell: (word) => `'${word.replaceAll("'", "''")}'`,
  cmd: (word) => `"${word.replaceAll('"', '""')}"`,
};
