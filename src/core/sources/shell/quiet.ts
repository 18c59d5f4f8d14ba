import { changesVariables } from "./builtins.ts";
import type { Scope } from "./commands.ts";
import { type Command, type FunctionNode, forEachChild, type SyntaxNode, type WordNode } from "./parse.ts";
import { quietPrograms } from "./quiet-programs.ts";

/** Whether nothing can come of a command itself; the scripts of its substitutions are another matter. */
export function isQuiet(node: Command, text: string, starts?: Scope["starts"]): boolean {
  const { name, pos, end } = node;
  if (!name || /\$\{\w+:?=/.test(text.slice(pos, end))) return false;
  if (quietPrograms.has(name.text)) return true;
  return starts !== undefined && isForeign(node, name, text.slice(pos, end), starts);
}

/** A program that nobody knows, which changes no variable and writes no script. */
function isForeign(
  { redirects }: Command,
  name: WordNode,
  text: string,
  starts: (program: string, command: string) => boolean,
): boolean {
  const isPlain = /^[\w./+@:-]+$/.test(name.text);
  const program = name.text.slice(name.text.lastIndexOf("/") + 1);
  if (!isPlain || starts(program, text)) return false;
  // `set -e` is at the head of every script; only `-a` and `--` change variables.
  if (program === "set" ? /\s-\w*a|\s--(\s|$)|allexport/.test(text) : changesVariables(program)) return false;
  return !redirects.some(({ type }) => type === "HereDoc");
}

/** Whether nothing can come of calling a function: `log` and `usage` are called often. */
export function isQuietFunction({ body }: FunctionNode, text: string, starts?: Scope["starts"]): boolean {
  const visit = (node: SyntaxNode, depth: number): boolean => {
    if (depth > 40 || loud.has(node.type) || (node.type === "Command" && !isQuiet(node, text, starts))) return false;
    let quiet = true;
    forEachChild(node, (child) => {
      quiet &&= visit(child, depth + 1);
    });
    return quiet;
  };
  return visit(body, 0);
}

const loud: ReadonlySet<SyntaxNode["type"]> = new Set(["Assignment", "For", "Select", "Function", "HereDoc"]);
