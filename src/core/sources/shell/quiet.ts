import { type Command, type FunctionNode, forEachChild, type SyntaxNode } from "./parse.ts";

/** Programs that start nothing else and change no variable: most of what a script runs, and of no interest here. */
const quietPrograms: ReadonlySet<string> = new Set([
  ...[":", "[", "break", "cd", "continue", "echo", "exit", "false", "kill", "popd", "printf", "pushd", "pwd", "return"],
  ...["sleep", "test", "trap", "true", "type", "ulimit", "umask", "wait"],
  ...[
    "awk",
    "basename",
    "chmod",
    "chown",
    "cp",
    "cut",
    "date",
    "dirname",
    "grep",
    "head",
    "hostname",
    "id",
    "ln",
    "ls",
  ],
  ...["mkdir", "mv", "readlink", "realpath", "rm", "sed", "seq", "sort", "tail", "touch", "tr", "uname", "uniq", "wc"],
  "whoami",
]);

/** Whether nothing can come of a command itself; the scripts of its substitutions are another matter. */
export function isQuiet({ name, pos, end }: Command, text: string): boolean {
  return name !== undefined && quietPrograms.has(name.text) && !/\$\{\w+:?=/.test(text.slice(pos, end));
}

/** Whether nothing can come of calling a function: `log` and `usage` are called often. */
export function isQuietFunction({ body }: FunctionNode, text: string): boolean {
  const visit = (node: SyntaxNode, depth: number): boolean => {
    if (depth > 40 || loud.has(node.type) || (node.type === "Command" && !isQuiet(node, text))) return false;
    let quiet = true;
    forEachChild(node, (child) => {
      quiet &&= visit(child, depth + 1);
    });
    return quiet;
  };
  return visit(body, 0);
}

const loud: ReadonlySet<SyntaxNode["type"]> = new Set(["Assignment", "For", "Select", "Function", "HereDoc"]);
