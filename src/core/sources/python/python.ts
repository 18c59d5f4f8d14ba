import type { ReadShell, Scope, ShellCommands } from "../shell/commands.ts";
import { shellVariables } from "../shell/variables.ts";
import type { SourceFile } from "../source.ts";
import { environ, keyOf, placeOf } from "./context.ts";
import { readFunction, readStatements } from "./statements.ts";
import { parsePython } from "./tree.ts";
import type { Walk } from "./walk.ts";

/**
 * The commands that `python FILE` starts through `subprocess`, `os` and `asyncio`, with what is known of their words and
 * environment. Each call counts once; the bodies of functions are read behind the rest, with the names of the module as
 * they are at its end and parameters that nobody knows. Never throws. This module carries @lezer/python: load it late.
 */
export function pythonCommands(file: SourceFile, shell: ReadShell, scope: Scope): ShellCommands {
  const start = { path: file.path, start: 0, end: 0 };
  if (file.text.length > largest) return { commands: [], limits: [{ at: start, what: "size" }] };
  const { script, tooDeep } = parsePython(file.text);
  const walk: Walk = {
    file,
    shell,
    scope,
    imports: new Map(),
    dictionaries: new Map([[environ, new Set(scope.env.keys())]]),
    variables: shellVariables(new Map(), undefined, start),
    commands: [],
    limits: tooDeep ? [{ at: placeOf(tooDeep, { file }), what: "nesting" }] : [],
    functions: [],
  };
  for (const [name, { value, at }] of scope.env) {
    walk.variables.set(keyOf(environ, name), [{ words: [value], array: false, at }]);
  }
  readStatements(script.children, walk);
  for (let next = walk.functions.shift(); next; next = walk.functions.shift()) readFunction(next, walk);
  return { commands: walk.commands, limits: walk.limits };
}

/** More than any script that a person wrote. */
const largest = 1_000_000;
