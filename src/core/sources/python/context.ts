import type { Place } from "../../text.ts";
import type { Lookup, Value } from "../shell/variables.ts";
import type { SourceFile } from "../source.ts";
import type { Imports } from "./names.ts";
import type { Node } from "./tree.ts";

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

/** How an expression is worked out; see `value.ts`. */
export type Evaluate = (node: Node, context: Context) => Value | undefined;

export function placeOf({ from, to }: Pick<Node, "from" | "to">, { file }: Pick<Context, "file">): Place {
  return { path: file.path, start: from, end: to };
}

export function textOf({ from, to }: Node, { file }: Pick<Context, "file">): string {
  return file.text.slice(from, to);
}
