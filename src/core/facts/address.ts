import { readBind } from "../bind.ts";
import type { Bind } from "../invocation.ts";
import type { SettingUse } from "../launch.ts";
import type { Edit } from "../text.ts";
import type { BindFormat } from "../tools/tool.ts";
import { isKnown, sliceWord, spelled, UNKNOWN, type Word } from "../word.ts";

/** The address that a setting gives, and the edits that leave it on this machine only. */
export type Address = {
  readonly bind: Bind | "unknown";
  /** The part of the value that is the address. */
  readonly host?: Word;
  loopback(): Edit[] | undefined;
};

/** Reads a setting's value as an address. */
export function readAddress(use: SettingUse, format: BindFormat): Address | undefined {
  const { value } = use;
  if (format === "switch") return use.text === "true" ? { bind: "all", loopback: () => use.remove() } : undefined;
  if (format === "socket") return { bind: "loopback", loopback: () => undefined };
  if (!value) return undefined;
  const text = spelled(value);
  const part = hostPart[format](text);
  if (!part) return undefined;
  if (part.start === part.end) return emptyAddress(use, value, part, format);
  const host = sliceWord(value, part.start, part.end);
  return { bind: bindOf(host), host, loopback: () => host.edit.replace("127.0.0.1") };
}

/** Nothing where the address belongs: every interface. */
function emptyAddress(use: SettingUse, value: Word, part: Part, format: BindFormat): Address {
  if (format === "socat") return { bind: "all", host: value, loopback: () => appended(value, ",bind=127.0.0.1") };
  const text = spelled(value);
  const filled = `${text.slice(0, part.start)}127.0.0.1${text.slice(part.end)}`;
  return { bind: "all", host: value, loopback: () => (filled.includes(UNKNOWN) ? undefined : use.replace(filled)) };
}

/** Text put behind what the word ends with, wherever that is written. */
function appended({ pieces }: Word, text: string): Edit[] | undefined {
  const place = pieces.at(-1)?.at;
  return place && [{ path: place.path, start: place.end, end: place.end, text }];
}

function bindOf(host: Word): Bind | "unknown" {
  return host.pieces.every(isKnown) ? readBind(spelled(host).replace(/^'(.*)'$/, "$1")) : "unknown";
}

type Part = { readonly start: number; readonly end: number };

/** Where the address stands in a value; `undefined` where the value gives none, so that the default holds. */
const hostPart: Readonly<Record<Exclude<BindFormat, "switch" | "socket">, (text: string) => Part | undefined>> = {
  host: (text) => ({ start: 0, end: text.length }),
  "host:port": (text) => beforePort(text, 0),
  url(text) {
    const start = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3;
    const path = text.slice(start).search(/[/?#]/);
    return beforePort(path < 0 ? text : text.slice(0, start + path), start);
  },
  list: widest,
  forward(text) {
    // `port:host:hostport` and `port` have no address; a unix socket has a slash.
    const colons = text.replace(/\[[^\]]*\]/g, (address) => "x".repeat(address.length)).split(":");
    if (text.includes("/") || (colons.length !== 4 && colons.length !== 2)) return undefined;
    return { start: 0, end: colons[0]?.length ?? 0 };
  },
  socat(text) {
    const found = /,bind=([^,:]*)/i.exec(text);
    if (!found) return { start: text.length, end: text.length };
    const start = found.index + ",bind=".length;
    return { start, end: start + (found[1]?.length ?? 0) };
  },
  options(text) {
    const found = /(?:^|\s)(?:-b\s*|--bind[=\s])(\S+)/.exec(text);
    if (!found?.[1] || found[1].startsWith("unix:")) return undefined;
    const start = found.index + found[0].length - found[1].length;
    return beforePort(text.slice(0, start + found[1].length), start);
  },
};

/** The address of `ADDRESS:PORT` from `start` on; `[::]:8080` keeps its brackets, a bare `::` has no port. */
function beforePort(text: string, start: number): Part {
  const rest = text.slice(start);
  if (rest.startsWith("[")) return { start, end: start + rest.indexOf("]") + 1 };
  const first = rest.indexOf(":");
  if (first < 0 || first !== rest.lastIndexOf(":")) return { start, end: text.length };
  return { start, end: start + first };
}

/** The address in a comma list that opens it furthest. */
function widest(text: string): Part {
  const order = ["all", "address", "unknown", "loopback"];
  let best: Part = { start: 0, end: text.length };
  let bestRank = order.length;
  let start = 0;
  for (const item of text.split(",")) {
    const rank = order.indexOf(item.includes(UNKNOWN) ? "unknown" : readBind(item.trim()));
    if (rank < bestRank) {
      best = { start, end: start + item.length };
      bestRank = rank;
    }
    start += item.length + 1;
  }
  return best;
}
