import { readAssignment, readUpdate } from "./assignments.ts";
import { readCalls } from "./calls.ts";
import { textOf } from "./context.ts";
import { readImport } from "./names.ts";
import { childNamed, type Node } from "./tree.ts";
import { wordsOf } from "./value.ts";
import { choices, type Walk } from "./walk.ts";

/** Runs statements one after the other. */
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
