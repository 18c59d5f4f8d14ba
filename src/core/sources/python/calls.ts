import { argumentsOf } from "./arguments.ts";
import { environ, placeOf, textOf } from "./context.ts";
import { setComputedKey, updateDictionary } from "./dictionaries.ts";
import { dictionaryName } from "./environment.ts";
import { changeList } from "./lists.ts";
import { dotted, imported } from "./names.ts";
import { started, starterOf } from "./starters.ts";
import { childNamed, type Node } from "./tree.ts";
import { choices, type Walk } from "./walk.ts";

/** Every call in a part of the script, from the inside out as Python makes them. */
export function readCalls(node: Node, statement: Node | undefined, walk: Walk, spare: boolean): void {
  for (const child of node.children) readCalls(child, statement, walk, spare);
  if (node.name === "CallExpression") readCall(node, statement ?? node, walk, spare);
}

function readCall(call: Node, statement: Node, walk: Walk, spare: boolean): void {
  const starter = starterOf(call, walk);
  if (!starter) {
    changeNames(call, statement, walk, spare);
    return;
  }
  const { shell, scope } = walk;
  const at = placeOf(statement, walk);
  for (const found of choices(walk, (within) => started(call, starter, { within, shell, scope, at }))) {
    walk.commands.push(...found.commands);
    walk.limits.push(...found.limits);
  }
}

/** `cmd.append("x")`, `os.environ.update(X="1")`, `os.putenv("X", "1")`. */
function changeNames(call: Node, statement: Node, walk: Walk, spare: boolean): void {
  const [callee] = call.children;
  const list = childNamed(call, "ArgList");
  if (!callee || !list) return;
  const given = argumentsOf(list, walk.file.text);
  const [first, second] = given.positional;
  if (imported(callee, walk.file.text, walk.imports) === "os.putenv") {
    setComputedKey(environ, first, second, statement, walk, spare);
    return;
  }
  const [object, , property] = callee.children;
  const name = object && dictionaryName(object, walk);
  if (name === undefined || !property || dotted(callee, walk.file.text) === undefined) return;
  const method = textOf(property, walk);
  if (method === "update") updateDictionary(name, list, given, walk);
  else if (method === "setdefault") setComputedKey(name, first, second, statement, walk, spare);
  else changeList(name, method, given, walk);
}
