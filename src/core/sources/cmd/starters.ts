import { type Node, nested, take } from "../dialect/nodes.ts";
import { commandEnd } from "./set.ts";
import { blanks, type Line, type Statements } from "./words.ts";

const call = /call[ \t]+@?/iy;
const start = /start(?=[\s/"]|$)/iy;
const option = /\/(?:(?:d|affinity|node)[ \t]+(?:"[^"\r\n]*"?|[^\s"&|<>]+)|[a-z]+)(?=[\s/"]|$)[ \t]*/iy;

/**
 * Goes behind `call` and `start` with the options of that, and says whether anybody waits for what it starts.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/start and …/call.
 */
export function readStart(cursor: Line): "unattended" | "awaited" | undefined {
  let result: "unattended" | "awaited" | undefined;
  for (;;) {
    if (take(cursor, call)) continue;
    if (!take(cursor, start)) return result;
    result = "unattended";
    take(cursor, blanks);
    // The first text in quotes is the title of the window.
    let title = take(cursor, /"[^"\r\n]*"?[ \t]*/y);
    for (;;) {
      const text = take(cursor, option)?.[0];
      if (text !== undefined) result = /^\/w(ait)?\s*$/i.test(text) ? "awaited" : result;
      else if (!title) title = take(cursor, /"[^"\r\n]*"?[ \t]*/y);
      if (text === undefined) break;
    }
  }
}

const shell =
  /(?:(?:[^\s"&|<>()^%]*\\)?cmd(?:\.exe)?|%comspec%)(?:[ \t]*\/(?:[abdqsu]|[eftv]:\w+))*[ \t]*\/[ck][ \t]*/iy;

/** A quoted text that cmd would take for the name of a program, because there is a blank in it. */
const isProgram = /^"[^"&<>()@^|]*\s[^"&<>()@^|]*\.(?:exe|com|bat|cmd)"\s*$/i;

/**
 * The statements of `cmd /c …`, which sees what is set outside but sets nothing there. Quotes around all of its line are
 * taken off.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/cmd.
 */
export function readChild(cursor: Line, statements: Statements): Node[] | undefined {
  if (!take(cursor, shell)) return undefined;
  const { text, at } = cursor;
  const end = commandEnd(cursor);
  const last = text[at] === '"' ? text.slice(0, end).lastIndexOf('"') : at;
  const isQuoted = last > at && text.slice(last + 1, end).trim() === "" && !isProgram.test(text.slice(at, end));
  const bounds = isQuoted ? { at: at + 1, text: text.slice(0, last) } : { at, text: text.slice(0, end) };
  const inner: Line = { ...cursor, ...bounds, parens: 0 };
  const nodes = nested(inner, [], () => statements.list(inner));
  cursor.limit ??= inner.limit;
  return nodes;
}
