import { literal, noSlot, type Word } from "../../word.ts";
import { eachChoice } from "../shell/choices.ts";
import type { ReadShell, Scope, ShellCommand } from "../shell/commands.ts";
import type { Lookup, Value, Variables } from "../shell/variables.ts";
import type { Limit, SourceFile } from "../source.ts";
import { argumentsOf } from "./arguments.ts";
import { type Dictionaries, dictionaryName, environmentOf, isDictionary, pairsOf, type Within } from "./environment.ts";
import { dotted, type Imports, imported, readImport } from "./names.ts";
import { statementRemoval } from "./slots.ts";
import { started, starterOf } from "./starters.ts";
import { childNamed, commaGroups, type Node } from "./tree.ts";
import { environ, evaluate, keyOf, placeOf, textOf, wordOf, wordsOf } from "./value.ts";

/** A Python script while it is read statement by statement. A name in a branch has the values of all of them. */
export type Walk = {
  readonly file: SourceFile;
  readonly shell: ReadShell;
  readonly scope: Scope;
  readonly imports: Imports;
  readonly dictionaries: Dictionaries;
  readonly variables: Variables;
  readonly commands: ShellCommand[];
  readonly limits: Limit[];
  /** Functions whose bodies are still to be read. */
  readonly functions: Node[];
};

export function readStatements(nodes: readonly Node[], walk: Walk): void {
  for (const node of nodes) readStatement(node, walk, nodes.length > 1);
}

function readStatement(node: Node, walk: Walk, spare: boolean): void {
  const read = Object.hasOwn(statements, node.name) ? statements[node.name] : undefined;
  if (read) read(node, walk, spare);
  else readCalls(node, node, walk, spare);
}

type Read = (node: Node, walk: Walk, spare: boolean) => void;

const statements: Readonly<Record<string, Read>> = {
  ImportStatement: (node, walk) => readImport(node, walk.file.text, walk.imports),
  AssignStatement: readAssignment,
  UpdateStatement: readUpdate,
  StatementGroup: (node, walk) => {
    for (const child of node.children) readStatement(child, walk, false);
  },
  FunctionDefinition: (node, walk) => walk.functions.push(node),
  ClassDefinition: (node, walk) => walk.variables.isolated(() => readBodies(node, walk)),
  DecoratedStatement: (node, walk) => {
    for (const child of node.children) readStatement(child, walk, false);
  },
  IfStatement: readIf,
  ForStatement: readLoop,
  WhileStatement: readLoop,
  TryStatement: readTry,
  WithStatement: (node, walk) => {
    readHeader(node, walk);
    readBodies(node, walk);
  },
  MatchStatement: (node, walk) => {
    readHeader(node, walk);
    const clauses = node.children.flatMap((child) => (child.name === "MatchBody" ? child.children : []));
    walk.variables.branch(
      clauses.map((clause) => () => readBodies(clause, walk)),
      false,
    );
  },
};

function readBodies(node: Node, walk: Walk): void {
  for (const child of node.children) if (child.name === "Body") readBody(child, walk);
}

function readBody({ children }: Node, walk: Walk): void {
  readStatements(
    children.filter(({ name }) => name !== ":"),
    walk,
  );
}

/** What stands in front of a block: a condition, what a loop goes over. Each call there stands by itself. */
function readHeader({ children }: Node, walk: Walk): void {
  for (const child of children) if (child.name !== "Body") readCalls(child, undefined, walk, false);
}

/** `if __name__ == "__main__":` holds, since the script is what is run. */
function readIf(node: Node, walk: Walk): void {
  readHeader(node, walk);
  const bodies = node.children.filter(({ name }) => name === "Body");
  const [first, ...others] = bodies;
  const condition = node.children[1];
  if (first && condition && /^\(?__name__\s*==\s*["']__main__["']\)?$/.test(textOf(condition, walk))) {
    readBody(first, walk);
    return;
  }
  const exhaustive = node.children.some(({ name }) => name === "else");
  const arms = [first, ...others].flatMap((body) => (body ? [() => readBody(body, walk)] : []));
  walk.variables.branch(arms, exhaustive);
}

/** A loop's body is read once; what a `for` goes over are the values of its name. */
function readLoop(node: Node, walk: Walk): void {
  readHeader(node, walk);
  const [, target, keyword, over] = node.children.filter(({ name }) => name !== "async");
  const { variables } = walk;
  variables.branch(
    [
      () => {
        if (node.name === "ForStatement" && target?.name === "VariableName" && keyword?.name === "in" && over) {
          const values = choices(walk, (context) => [...wordsOf(over, context)]).flat();
          const known = values.map((word) => (word.splits ? undefined : { words: [word], array: false, at: word.at }));
          variables.set(textOf(target, walk), known.length > 0 ? known : [undefined]);
        }
        readBodies(node, walk);
      },
    ],
    false,
  );
}

/** The body and what follows it are run; a handler may be. */
function readTry(node: Node, walk: Walk): void {
  let keyword = "";
  for (const child of node.children) {
    if (child.name !== "Body") keyword = /^(try|except|else|finally)$/.test(child.name) ? child.name : keyword;
    else if (keyword === "except") walk.variables.branch([() => readBody(child, walk)], false);
    else readBody(child, walk);
  }
}

/** Reads the body of a function, whose parameters nobody knows. */
export function readFunction(node: Node, walk: Walk): void {
  const { variables } = walk;
  variables.isolated(() => {
    for (const parameter of childNamed(node, "ParamList")?.children ?? []) {
      if (parameter.name === "VariableName") variables.set(textOf(parameter, walk), [undefined]);
    }
    readBodies(node, walk);
  });
}

/** Works something out for each combination of the values that it reads. */
function choices<T>(walk: Walk, work: (within: Within) => T): T[] {
  return eachChoice(walk.variables, (lookup: Lookup) => work(withinOf(walk, lookup)));
}

function withinOf({ file, imports, dictionaries }: Walk, lookup: Lookup): Within {
  return { file, imports, dictionaries, lookup };
}

/** `a = b = value`, `a, b = 1, 2`, `os.environ["X"] = "1"`. */
function readAssignment(node: Node, walk: Walk, spare: boolean): void {
  readCalls(node, node, walk, spare);
  const sides: Node[][] = [[]];
  for (const child of node.children) {
    if (child.name === "AssignOp") sides.push([]);
    else if (child.name !== "TypeDef") sides.at(-1)?.push(child);
  }
  const values = commaGroups(sides.at(-1) ?? []);
  for (const side of sides.length > 1 ? sides.slice(0, -1) : []) {
    const targets = commaGroups(side);
    targets.forEach(([target], index) => {
      const [value] = (targets.length === values.length ? values[index] : undefined) ?? [];
      if (target) assign(target, value, node, walk, spare);
    });
  }
}

function assign(target: Node, value: Node | undefined, statement: Node, walk: Walk, spare: boolean): void {
  const { variables } = walk;
  const [object, open, key] = target.children;
  if (target.name === "VariableName") {
    const name = textOf(target, walk);
    if (value && isDictionary(value, walk)) keep(name, value, walk);
    variables.set(name, value ? choices(walk, (within) => evaluate(value, within)) : [undefined]);
  } else if (target.name === "MemberExpression" && object && open?.name === "[" && key) {
    const name = dictionaryName(object, walk);
    const written = choices(walk, (within) => literal(wordOf(key, within)))[0];
    if (name !== undefined && written !== undefined && value) setKey(name, written, value, statement, walk, spare);
  }
}

/** Gives a name a dictionary with what is known of its pairs. */
function keep(name: string, value: Node, walk: Walk): void {
  const found = choices(walk, (within) => environmentOf(value, within));
  walk.dictionaries.set(name, new Set());
  addAll(name, found, walk);
}

function addAll(name: string, found: readonly ReturnType<typeof environmentOf>[], walk: Walk): void {
  const keys = walk.dictionaries.get(name) ?? new Set();
  walk.dictionaries.set(name, keys);
  for (const key of new Set(found.flatMap((each) => [...each.keys()]))) {
    keys.add(key);
    const values = found.map((each): Value | undefined => {
      const variable = each.get(key);
      return variable && { words: [variable.value], array: false, at: variable.at };
    });
    walk.variables.set(keyOf(name, key), values);
  }
}

/** `environ["X"] = value`: the variable is taken out with the statement. */
function setKey(name: string, key: string, value: Node, statement: Node, walk: Walk, spare: boolean): void {
  const at = placeOf(statement, walk);
  const remove = () => statementRemoval(walk.file, statement, spare);
  const found = choices(walk, (within) => {
    const word = wordOf(value, within);
    return new Map([[key, { name: key, value: { ...word, edit: { ...word.edit, remove } }, at }]]);
  });
  addAll(name, found, walk);
}

/** `cmd += ["x"]`. */
function readUpdate(node: Node, walk: Walk, spare: boolean): void {
  readCalls(node, node, walk, spare);
  const [target, operator, value] = node.children;
  if (target?.name !== "VariableName" || !operator || !value) return;
  const name = textOf(target, walk);
  if (textOf(operator, walk) !== "+=") {
    walk.variables.set(name, [undefined]);
    return;
  }
  extend(name, walk, (before, within) => {
    if (before.array) return [...before.words, ...wordsOf(value, within)];
    const pieces = [...(before.words[0]?.pieces ?? []), ...wordOf(value, within).pieces];
    return [{ pieces, at: before.at, edit: noSlot }];
  });
}

function extend(name: string, walk: Walk, work: (before: Value, within: Within) => readonly Word[]): void {
  const values = choices(walk, (within) => {
    const before = within.lookup(name);
    return before && { ...before, words: work(before, within) };
  });
  walk.variables.set(name, values);
}

/** Every call in a part of the script, from the inside out as Python makes them. */
function readCalls(node: Node, statement: Node | undefined, walk: Walk, spare: boolean): void {
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
  const { positional, groups } = argumentsOf(list, walk.file.text);
  const [first, second] = positional;
  if (imported(callee, walk.file.text, walk.imports) === "os.putenv") {
    setFirst(environ, first, second, statement, walk, spare);
    return;
  }
  const [object, , property] = callee.children;
  const name = object && dictionaryName(object, walk);
  if (name === undefined || !property || dotted(callee, walk.file.text) === undefined) return;
  const isList = walk.variables.values(name).some((value) => value?.array);
  switch (textOf(property, walk)) {
    case "append":
      if (isList && first) extend(name, walk, ({ words }, within) => [...words, wordOf(first, within)]);
      break;
    case "extend":
      if (isList && first) extend(name, walk, ({ words }, within) => [...words, ...wordsOf(first, within)]);
      break;
    case "insert":
      if (isList && first && second) insert(name, textOf(first, walk), second, walk);
      break;
    case "update":
      addAll(
        name,
        choices(
          walk,
          (within) =>
            new Map([
              ...groups.flatMap(([each]) => (each ? [...environmentOf(each, within)] : [])),
              ...pairsOf(list, within),
            ]),
        ),
        walk,
      );
      break;
    case "setdefault":
      setFirst(name, first, second, statement, walk, spare);
      break;
    case "pop":
    case "remove":
    case "clear":
    case "reverse":
    case "sort":
      if (isList) walk.variables.set(name, [undefined]);
  }
}

function insert(name: string, index: string, value: Node, walk: Walk): void {
  extend(name, walk, ({ words }, within) => {
    const at = /^\d+$/.test(index) ? Number(index) : words.length;
    return [...words.slice(0, at), wordOf(value, within), ...words.slice(at)];
  });
}

function setFirst(
  name: string,
  key: Node | undefined,
  value: Node | undefined,
  statement: Node,
  walk: Walk,
  spare: boolean,
) {
  const written = key && choices(walk, (within) => literal(wordOf(key, within)))[0];
  if (written !== undefined && value) setKey(name, written, value, statement, walk, spare);
}
