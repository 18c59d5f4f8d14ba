import { spelled, UNKNOWN, type Word } from "./word.ts";

/** The base name of a program as it is typed, or `undefined` where it is only known when it runs. */
export function programOf(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  const text = spelled(word);
  const name = text.slice(text.lastIndexOf("/") + 1).replace(/\.exe$/i, "");
  return name === "" || name.includes(UNKNOWN) ? undefined : name;
}
