import type { Place } from "../../text.ts";
import {
  insertable,
  isKnown,
  literal,
  mostPieces,
  noSlot,
  type Piece,
  solid,
  spelled,
  through,
  type Word,
} from "../../word.ts";
import { splitWords } from "../shell/split.ts";
import type { Lookup, Value } from "../shell/variables.ts";
import type { SourceFile } from "../source.ts";
import { type Arguments, argumentsOf } from "./arguments.ts";
import { dotted, type Imports, imported } from "./names.ts";
import { elementWord, valueSlot } from "./slots.ts";
import { emptyPiece, stringPieces } from "./strings.ts";
import { childNamed, commaGroups, type Node } from "./tree.ts";

/** What an expression needs to be worked out. A string is a value of one word, a list one of several. */
export type Context = {
  readonly file: SourceFile;
  readonly imports: Imports;
  readonly lookup: Lookup;
};

/** The name that a key of a dictionary is kept under, such as `os.environ[HOST]`. */
export function keyOf(dictionary: string, key: string): string {
  return `${dictionary}[${key}]`;
}

/** The name that the environment is kept under. */
export const environ = "os.environ";

/**
 * What an expression stands for; `undefined` where only running it can tell, such as the parameter of a function, a
 * choice (`a if b else c`), or `"%s" % x`.
 */
export function evaluate(node: Node, context: Context): Value | undefined {
  const read = readers[node.name];
  return read?.(node, context);
}

type Reader = (node: Node, context: Context) => Value | undefined;

const readers: Readonly<Record<string, Reader>> = {
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

export function placeOf({ from, to }: Pick<Node, "from" | "to">, { file }: Pick<Context, "file">): Place {
  return { path: file.path, start: from, end: to };
}

export function textOf({ from, to }: Node, { file }: Pick<Context, "file">): string {
  return file.text.slice(from, to);
}

/** The one word that an expression is; what nobody knows is a word of one unknown piece. */
export function wordOf(node: Node, context: Context): Word {
  const value = evaluate(node, context);
  const [word] = value?.words ?? [];
  if (word && value && !value.array) return word;
  return unknownWord(node, context, false);
}

/** The words of a list; of a string that one word; of what nobody knows any number of words. */
export function wordsOf(node: Node, context: Context): readonly Word[] {
  const value = evaluate(node, context);
  return value?.words ?? [unknownWord(node, context, true)];
}

/** A word that nobody knows; it `splits` where it stands for any number of words. */
function unknownWord(node: Node, context: Context, splits: boolean): Word {
  const word: Word = { pieces: [unknown(node, context)], at: placeOf(node, context), edit: noSlot };
  return splits ? { ...word, splits } : word;
}

function unknown(node: Node, context: Context): Piece {
  return { unknown: textOf(node, context), at: placeOf(node, context) };
}

function writtenPieces(node: Node, context: Context): Piece[] {
  return [{ text: textOf(node, context), at: placeOf(node, context) }];
}

function textValue(node: Node, pieces: readonly Piece[], context: Context): Value {
  const at = placeOf(node, context);
  return { words: [{ pieces, at, edit: valueSlot(context.file, node, pieces) }], array: false, at };
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

/** A value that came out of a name. */
function used(value: Value | undefined, use: Place): Value | undefined {
  return (
    value && {
      ...value,
      words: value.words.map((word) => {
        const pieces = word.pieces.map((piece) => through(piece, [use]));
        return value.array ? { ...word, pieces } : { ...word, pieces, at: use };
      }),
    }
  );
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
  if (known) return known(given, node, context);
  const [object, dot, property] = callee.children;
  if (callee.name !== "MemberExpression" || dot?.name !== "." || !object || !property) return undefined;
  const method = textOf(property, context);
  return Object.hasOwn(methods, method) ? methods[method]?.(object, given, node, context) : undefined;
}

type Function = (given: Arguments, node: Node, context: Context) => Value | undefined;

const first: Function = ({ positional: [only] }, _, context) => only && evaluate(only, context);

const functions: Readonly<Record<string, Function>> = {
  str: first,
  list: first,
  tuple: first,
  "os.fspath": first,
  "shutil.which": first,
  "shlex.quote": first,
  "shlex.split": ({ positional: [only] }, node, context) => only && split(only, node, context),
  "os.getenv": environmentValue,
  "os.environ.get": environmentValue,
};

type Method = (object: Node, given: Arguments, node: Node, context: Context) => Value | undefined;

const methods: Readonly<Record<string, Method>> = {
  copy: (object, _, __, context) => evaluate(object, context),
  split: (object, { positional }, node, context) => {
    // With quotes and backslashes the text is not split as a shell would.
    return positional.length === 0 ? split(object, node, context, /^[^'"\\]*$/) : undefined;
  },
  join: (object, { positional: [only] }, node, context) => {
    const list = only && evaluate(only, context);
    if (!list?.array || literal(wordOf(object, context)) !== " ") return undefined;
    const pieces = list.words.flatMap((word, index): Piece[] => [
      ...(index > 0 ? [{ text: " " }] : []),
      ...word.pieces,
    ]);
    return textValue(node, pieces, context);
  },
};

/** The words of a text that `pattern` fits, split as a shell would. */
function split(only: Node, node: Node, context: Context, pattern = /^/): Value | undefined {
  const value = evaluate(only, context);
  const [word] = value?.words ?? [];
  if (!word || value?.array || !pattern.test(spelled(word))) return undefined;
  return { words: splitWords(word), array: true, at: placeOf(node, context) };
}

/** `os.environ.get("HOST", "0.0.0.0")`: the default is what is written, where nobody here sets the variable. */
function environmentValue(
  { positional: [key, otherwise] }: Arguments,
  node: Node,
  context: Context,
): Value | undefined {
  const name = key && literal(wordOf(key, context));
  const set = name === undefined ? undefined : context.lookup(keyOf(environ, name));
  const use = placeOf(node, context);
  if (set) return used(set, use);
  const value = otherwise && evaluate(otherwise, context);
  const [word] = value?.words ?? [];
  if (!word || value?.array) return undefined;
  const pieces = word.pieces.map((piece) => through(piece, [use]));
  const place = pieces.every(isKnown) ? solid(pieces) : undefined;
  const replace = (text: string) => (place && insertable(text) ? [{ ...place, text }] : word.edit.replace(text));
  return { words: [{ pieces, at: use, edit: { ...noSlot, replace } }], array: false, at: use };
}
