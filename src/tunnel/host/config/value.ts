import { type Message, message } from "../../../core/message.ts";
import type { Kind } from "./keywords.ts";
import type { ConfigLine } from "./line.ts";

/** The value of a line in the form of `ssh -G`, or why there is none. */
export type Value = { readonly value: string } | { readonly said: Message };

/** Reads what a keyword of this kind is set to, and refuses what OpenSSH refuses. */
export function readValue(kind: Kind, line: ConfigLine): Value {
  if (kind === "command") return { value: line.rest.replace(/^[ \t=]+/, "") };
  const [first, ...more] = line.words;
  if (first === undefined || first === "") return wrong(line);
  if (kind === "paths") return { value: line.words.join(" ") };
  return more.length > 0 ? wrong(line) : (readers[kind](first) ?? wrong(line));
}

type Single = Exclude<Kind, "command" | "paths">;

const readers: Record<Single, (word: string) => Value | undefined> = {
  text: (value) => ({ value }),
  path: (value) => ({ value }),
  lower: (value) => ({ value: value.toLowerCase() }),
  flag: (word) => known({ yes: "yes", true: "yes", no: "no", false: "no" }, word),
  truth: (word) => known(truths, word),
  port: (word) =>
    /^\d{1,5}$/.test(word) && Number(word) >= 1 && Number(word) <= 65535 ? { value: String(Number(word)) } : undefined,
  seconds: secondsOf,
  algorithms: (value) =>
    /^[-+^]/.test(value) ? { said: message("Lists that change OpenSSH's own are not followed.") } : { value },
};

const truths = {
  yes: "true",
  true: "true",
  no: "false",
  false: "false",
  off: "false",
  ask: "ask",
  "accept-new": "accept-new",
  unbound: "unbound",
  "host-bound": "host-bound",
};

function known(values: Readonly<Record<string, string>>, word: string): Value | undefined {
  const value = Object.hasOwn(values, word.toLowerCase()) ? values[word.toLowerCase()] : undefined;
  return value === undefined ? undefined : { value };
}

const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** TIME FORMATS in sshd_config(5): `90`, `1m30s`. */
function secondsOf(word: string): Value | undefined {
  if (word === "none") return { value: word };
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(word)) return undefined;
  const parts = [...word.matchAll(/(\d+)([smhdw]?)/gi)];
  return {
    value: String(
      parts.reduce((sum, [, digits, unit = ""]) => sum + Number(digits) * (units[unit.toLowerCase()] ?? 1), 0),
    ),
  };
}

function wrong({ keyword, rest }: ConfigLine): Value {
  return { said: message("“{value}” is no value for {keyword}.", { keyword, value: rest.slice(0, 80) }) };
}
