/** The control characters that C, and what learned from it, write as a letter behind the sign that escapes. */
export const controlCharacters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The character of a hexadecimal code; Unicode's replacement for one that there is not. */
export function characterOf(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
}
