import { spelled, UNKNOWN, type Word } from "./word.ts";

/**
 * The base name of a program as it is typed, or `undefined` where it is only known when it runs. On Windows its path has
 * backslashes and its file an extension: `C:\py\Scripts\jupyter-lab.exe`.
 */
export function programOf(word: Pick<Word, "pieces"> | undefined): string | undefined {
  if (!word) return undefined;
  const text = spelled(word);
  const name = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1).replace(/\.(exe|cmd|bat)$/i, "");
  return name === "" || name.includes(UNKNOWN) ? undefined : name;
}
