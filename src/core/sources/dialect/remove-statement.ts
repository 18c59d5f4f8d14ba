import type { Edit } from "../../text.ts";
import { edit } from "../shell/slot.ts";
import type { CommandNode } from "./nodes.ts";
import type { Run } from "./run.ts";

/** Takes a statement out: with the `;` or `&&` behind it, or with its line where it has one to itself. */
export function removeStatement(node: CommandNode, run: Run): Edit[] | undefined {
  const { script } = run;
  const { text } = script;
  const { start, end, next, joined, needed } = node;
  // What comes next would hang on something else.
  const isAskedFor = next !== undefined && /\bor[ \t]+$/.test(text.slice(end, next));
  if (needed || joined === "or" || isAskedFor) return undefined;
  const behind =
    next === undefined ? undefined : /^[ \t]*(;|&&?)(?:[ \t]|[\\`^]?\r?\n)*(and[ \t]+)?$/.exec(text.slice(end, next));
  if (behind && next !== undefined && (joined === "" || behind[1] !== ";")) return edit(script, start, next, "");
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*(?:;[ \t]*)?(?:(#)|(?:\r?\n)|$)/.exec(text.slice(end, end + 1000));
  if (joined !== "" || text.slice(lineStart, start).trim() !== "" || !rest) return undefined;
  // A comment behind the statement may say more than what the statement did; it stays, on its own line.
  if (rest[1]) return edit(script, start, end + rest[0].length - 1, "");
  return edit(script, lineStart, end + rest[0].length, "");
}
