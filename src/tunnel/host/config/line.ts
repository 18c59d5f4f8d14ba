import { type Message, message } from "../../../core/message.ts";

/** One line of an ssh config, taken apart; `rest` is what commands are read from, quotes and all. */
export type ConfigLine = { readonly keyword: string; readonly words: readonly string[]; readonly rest: string };

/** Reads a line as readconf.c does; nothing for a blank line or a comment, a complaint for one that makes no sense. */
export function readLine(text: string): ConfigLine | { readonly said: Message } | undefined {
  const line = text.replace(/^[ \t\r]+|[ \t\r\n\f]+$/g, "");
  if (line === "" || line.startsWith("#")) return undefined;

  // The keyword may be quoted, and one `=` may stand between it and its value.
  const [whole = "", quoted, bare = ""] = /^(?:"([^"]*)"|([^ \t\r\n="]+))(?:[ \t]*=[ \t]*|[ \t]+|$)/.exec(line) ?? [];
  const keyword = (quoted ?? bare).toLowerCase();
  if (keyword === "") return { said: message("The line does not begin with a keyword.") };
  const rest = line.slice(whole.length);
  if (rest === "") return { said: message("{keyword} has no value.", { keyword }) };
  const words = wordsOf(rest);
  if (!words) return { said: message("A quotation mark in the value of {keyword} is not closed.", { keyword }) };
  return { keyword, words, rest };
}

/** Words as misc.c, `argv_split`: quotes of both kinds, few escapes, and a comment where a word begins with `#`. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/[ \t]/.test(text.charAt(at))) {
      at++;
      continue;
    }
    if (text[at] === "#") break;
    const word = wordAt(text, at);
    if (!word) return undefined;
    words.push(word.value);
    at = word.end;
  }
  return words;
}

function wordAt(text: string, start: number): { value: string; end: number } | undefined {
  let value = "";
  let quote = "";
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\" && isEscaped(text.charAt(at + 1), quote)) value += text.charAt(++at);
    else if (quote === "" && /[ \t]/.test(character)) break;
    else if (quote === "" && /["']/.test(character)) quote = character;
    else if (character === quote) quote = "";
    else value += character;
  }
  return quote === "" ? { value, end: at } : undefined;
}

function isEscaped(next: string, quote: string): boolean {
  return next === "'" || next === '"' || next === "\\" || (quote === "" && next === " ");
}
