import { literal, mostPieces, type Piece, type Word } from "../../word.ts";
import type { Value } from "../shell/variables.ts";
import { argumentsOf } from "./arguments.ts";
import { type Context, type Evaluate, environ, keyOf, placeOf, textOf } from "./context.ts";
import { functions, methods } from "./library.ts";
import { dotted, imported } from "./names.ts";
import { elementWord } from "./slots.ts";
import { emptyPiece, stringPieces } from "./strings.ts";
import { childNamed, commaGroups, type Node } from "./tree.ts";
import { textValue, unknown, unknownWord, used, wordIn } from "./words.ts";

/**
 * What an expression stands for; `undefined` where only running it can tell, such as the parameter of a function, a
 * choice (`a if b else c`), or `"%s" % x`.
 */
export function evaluate(node: Node, context: Context): Value | undefined {
  const read = readers[node.name];
  return read?.(node, context);
}

const readers: Readonly<Record<string, Evaluate>> = {
  String: stringValue,
  FormatString: stringValue,
  ContinuedString: stringValue,
  Number: (node, context) => textValue(node, writtenPieces(node, context), context),
  VariableName: (node, context) => used(context.lookup(textOf(node, context)), placeOf(node, context)),
  ArrayExpression: listValue,
  TupleExpression: listValue,
  ParenthesizedExpression: (node, context) => {
    const inner = node.children[1];
    return inner && evaluate(inner, context);
  },
  BinaryExpression: sum,
  MemberExpression: member,
  CallExpression: called,
};

/** The one word that an expression is; what nobody knows is a word of one unknown piece. */
export function wordOf(node: Node, context: Context): Word {
  return wordIn(evaluate(node, context), node, context);
}

/** The words of a list; of a string that one word; of what nobody knows any number of words. */
export function wordsOf(node: Node, context: Context): readonly Word[] {
  const value = evaluate(node, context);
  return value?.words ?? [unknownWord(node, context, true)];
}

function writtenPieces(node: Node, context: Context): Piece[] {
  return [{ text: textOf(node, context), at: placeOf(node, context) }];
}

function stringValue(node: Node, context: Context): Value {
  const { file } = context;
  const strings = node.name === "ContinuedString" ? node.children.filter(({ name }) => /String$/.test(name)) : [node];
  const pieces = strings.flatMap((string) => stringPieces(file, string, (part) => replaced(part, context)));
  return textValue(node, pieces.length > 0 ? pieces : [emptyPiece(file, node)], context);
}

/** `{HOST}` in an f-string; unknown with a format of its own. Source: docs.python.org/3/reference/lexical_analysis.html#f-strings */
function replaced(part: Node, context: Context): readonly Piece[] {
  const [, expression, close] = part.children;
  const value = expression && close?.name === "}" ? evaluate(expression, context) : undefined;
  const [word] = value?.words ?? [];
  return word && value && !value.array ? word.pieces : [unknown(part, context)];
}

/** `["a", *more, NAME]`. */
function listValue(node: Node, context: Context): Value {
  return { words: listed(commaGroups(node.children), context), array: true, at: placeOf(node, context) };
}

/** The words of elements or arguments, each edited with its comma. */
export function listed(groups: readonly (readonly Node[])[], context: Context): Word[] {
  const elements = groups.flatMap(([first, ...more]): Node[] => {
    const last = more.at(-1) ?? first;
    return first && last ? [{ ...last, from: first.from, to: last.to, children: last.children }] : [];
  });
  return groups.flatMap((group, index): readonly Word[] => {
    const [first, second] = group;
    if (first?.name === "*" && second) return wordsOf(second, context);
    return first ? [elementWord(wordOf(first, context), context.file, elements, index)] : [];
  });
}

/** `a + b` of strings or of lists. Each side is worked out once: sums in sums would multiply the work. */
function sum(node: Node, context: Context): Value | undefined {
  const [left, operator, right] = node.children;
  if (!left || !right || !operator || textOf(operator, context) !== "+") return undefined;
  const sides = [left, right].map((side) => ({ side, value: evaluate(side, context) }));
  const known = sides.find(({ value }) => value !== undefined)?.value;
  if (!known) return undefined;
  const words = sides.flatMap(({ side, value }) => value?.words ?? [unknownWord(side, context, known.array)]);
  if (known.array) return { words, array: true, at: placeOf(node, context) };
  const pieces = words.flatMap((word) => word.pieces);
  return textValue(node, pieces.length > mostPieces ? [unknown(node, context)] : pieces, context);
}

/** `sys.executable`, `os.environ["HOST"]`. */
function member(node: Node, context: Context): Value | undefined {
  const { file, imports, lookup } = context;
  if (imported(node, file.text, imports) === "sys.executable") {
    return textValue(node, [{ text: "python", at: placeOf(node, context) }], { ...context });
  }
  const [object, open, key] = node.children;
  const isEnviron = object && open?.name === "[" && imported(object, file.text, imports) === environ;
  const name = isEnviron && key ? literal(wordOf(key, context)) : undefined;
  return name === undefined ? undefined : used(lookup(keyOf(environ, name)), placeOf(node, context));
}

/** The calls that give a string or a list which is known without running them. */
function called(node: Node, context: Context): Value | undefined {
  const [callee] = node.children;
  const list = childNamed(node, "ArgList");
  if (!callee || !list) return undefined;
  const given = argumentsOf(list, context.file.text);
  const name = imported(callee, context.file.text, context.imports) ?? dotted(callee, context.file.text);
  const known = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known) return known(given, node, context, evaluate);
  const [object, dot, property] = callee.children;
  if (callee.name !== "MemberExpression" || dot?.name !== "." || !object || !property) return undefined;
  const method = textOf(property, context);
  return Object.hasOwn(methods, method) ? methods[method]?.(object, given, node, context, evaluate) : undefined;
}
