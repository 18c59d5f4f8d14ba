import { insertable, isKnown, literal, noSlot, type Piece, solid, spelled, through } from "../../word.ts";
import { splitWords } from "../shell/split.ts";
import type { Value } from "../shell/variables.ts";
import type { Arguments } from "./arguments.ts";
import { type Context, type Evaluate, environ, keyOf, placeOf } from "./context.ts";
import type { Node } from "./tree.ts";
import { textValue, used, wordIn } from "./words.ts";

/** What a function gives for its arguments. */
type Function = (given: Arguments, node: Node, context: Context, evaluate: Evaluate) => Value | undefined;

const first: Function = ({ positional: [only] }, _, context, evaluate) => only && evaluate(only, context);

/** The functions whose value is known without running them. */
export const functions: Readonly<Record<string, Function>> = {
  str: first,
  list: first,
  tuple: first,
  "os.fspath": first,
  "shutil.which": first,
  "shlex.quote": first,
  "shlex.split": ({ positional: [only] }, node, context, evaluate) =>
    only && split(evaluate(only, context), node, context),
  "os.getenv": environmentValue,
  "os.environ.get": environmentValue,
};

type Method = (object: Node, given: Arguments, node: Node, context: Context, evaluate: Evaluate) => Value | undefined;

/** The same of methods. */
export const methods: Readonly<Record<string, Method>> = {
  copy: (object, _, __, context, evaluate) => evaluate(object, context),
  split: (object, { positional }, node, context, evaluate) => {
    // With quotes and backslashes the text is not split as a shell would.
    return positional.length === 0 ? split(evaluate(object, context), node, context, /^[^'"\\]*$/) : undefined;
  },
  join: (object, { positional: [only] }, node, context, evaluate) => {
    const list = only && evaluate(only, context);
    if (!list?.array || literal(wordIn(evaluate(object, context), object, context)) !== " ") return undefined;
    const pieces = list.words.flatMap((word, index): Piece[] => [
      ...(index > 0 ? [{ text: " " }] : []),
      ...word.pieces,
    ]);
    return textValue(node, pieces, context);
  },
};

/** The words of a text that `pattern` fits, split as a shell would. */
function split(value: Value | undefined, node: Node, context: Context, pattern = /^/): Value | undefined {
  const [word] = value?.words ?? [];
  if (!word || value?.array || !pattern.test(spelled(word))) return undefined;
  return { words: splitWords(word), array: true, at: placeOf(node, context) };
}

/** `os.environ.get("HOST", "0.0.0.0")`: the default is what is written, where nobody here sets the variable. */
function environmentValue(
  { positional: [key, otherwise] }: Arguments,
  node: Node,
  context: Context,
  evaluate: Evaluate,
): Value | undefined {
  const name = key && literal(wordIn(evaluate(key, context), key, context));
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
