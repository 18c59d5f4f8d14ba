import type { Edit } from "../../text.ts";
import type { ShellTree, Statement } from "./parse.ts";
import { edit } from "./slot.ts";

/** Where a command stands among others, as far as taking out the whole of it needs to know. */
export type Site = {
  /** Where the next statement of the list, or the next link of the `&&` chain, begins. */
  readonly next: number | undefined;
  /** Something else stays: `then` needs a command. */
  readonly spare: boolean;
  /** It is a statement by itself, so that it goes with its line where it has one to itself. */
  readonly whole: boolean;
};

/** The programs whose arguments are assignments. */
export const declarations: ReadonlySet<string> = new Set(["export", "declare", "typeset", "local", "readonly"]);

/** The sites of a list's statements. */
export function listSites(statements: readonly Statement[], topLevel: boolean): Site[] {
  const spare = topLevel || statements.some((statement) => !isAssignment(statement));
  return statements.map(({ background }, index) => ({ next: statements[index + 1]?.pos, spare, whole: !background }));
}

/** The site of a link of an `&&` chain; the last one cannot go without the `&&` before it. */
export function linkSite(next: number | undefined): Site {
  return { next, spare: true, whole: false };
}

/** Whether a fix may take the statement out. */
function isAssignment({ command }: Statement): boolean {
  return command.type === "Command" && (!command.name || declarations.has(command.name.text));
}

/** Takes a statement out: with the `;` or `&&` behind it, or with its line. */
export function statementRemoval(tree: ShellTree, start: number, end: number, site: Site): Edit[] | undefined {
  const { script } = tree;
  const { text } = script;
  if (!site.spare) return undefined;
  if (site.next !== undefined && /^[ \t]*(;|&&)([ \t]|\\?\n)*$/.test(text.slice(end, site.next))) {
    return edit(script, start, site.next, "");
  }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const behind = /^[ \t]*(?=(#)|\n|$)/.exec(text.slice(end));
  if (!site.whole || text.slice(lineStart, start).trim() !== "" || !behind) return undefined;
  const rest = end + behind[0].length;
  // A comment behind the statement may say more than what the statement did; it stays, on its own line.
  if (behind[1]) return edit(script, start, rest, "");
  return edit(script, lineStart, behindLineEnd(tree, rest), "");
}

function behindLineEnd({ script: { text }, crlf }: ShellTree, lineEnd: number): number {
  if (text[lineEnd] !== "\n") return lineEnd;
  return crlf && text[lineEnd + 1] === "\n" ? lineEnd + 2 : lineEnd + 1;
}
