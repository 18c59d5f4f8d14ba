/** Offsets of a script. */
export type Range = { readonly start: number; readonly end: number };

/**
 * A part of a word as it is written. Text stands for itself unless `text` says what it means instead; only running it
 * can tell what is `unknown`.
 */
export type Part = Range & { readonly quoted: boolean } & (
    | { readonly type: "text"; readonly text?: string }
    | { readonly type: "variable"; readonly name: string; readonly index?: number }
    | { readonly type: "unknown" }
  );

/** A word of a script. `inside` is the range between the quotes where they stand around all of it. */
export type WordNode = Range & { readonly parts: readonly Part[]; readonly inside: Range };

/** `NAME=value`. */
export type Assignment = Range & { readonly name: string; readonly value: WordNode };

export type CommandNode = Range & {
  readonly type: "command";
  readonly prefix: readonly Assignment[];
  readonly words: readonly WordNode[];
  /** The commands of the substitutions in its words. */
  readonly inner: readonly Node[];
  /** How it hangs on what stands before it: not at all, by `&&` or `|`, or by `||`. */
  readonly joined: "" | "and" | "or";
  /** It is a condition, which cannot be left out. */
  readonly needed: boolean;
  background: boolean;
  /** Where the next statement begins. */
  next?: number;
};

/** `if`, `for` and their like: one of its arms runs, or none where they are not exhaustive. */
export type BlockNode = Range & {
  readonly type: "block";
  readonly arms: readonly (readonly Node[])[];
  readonly exhaustive: boolean;
  /** What a loop sets before each round. */
  readonly loop?: { readonly name: string; readonly words: readonly WordNode[] };
  background: boolean;
};

export type FunctionNode = Range & {
  readonly type: "function";
  readonly name: string;
  readonly body: readonly Node[];
  background: boolean;
};

/** A statement of a script. */
export type Node = CommandNode | BlockNode | FunctionNode;

/** A script that was read; `limit` is where it was nested too deep. */
export type Parsed = { readonly nodes: readonly Node[]; readonly limit: number | undefined };

/** Where a parser is. */
export type Cursor = { readonly text: string; at: number; depth: number; limit: number | undefined };

/** No person nests deeper. */
const deepest = 40;

/** Reads something one level down; what lies too deep is left out with the rest of the text. */
export function nested<T>(cursor: Cursor, empty: T, read: () => T): T {
  if (cursor.depth >= deepest) {
    cursor.limit ??= cursor.at;
    cursor.at = cursor.text.length;
    return empty;
  }
  cursor.depth++;
  const result = read();
  cursor.depth--;
  return result;
}

/** Matches a sticky expression where the cursor is. */
export function peek({ text, at }: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** The same, and goes behind it. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  const match = peek(cursor, pattern);
  if (match) cursor.at += match[0].length;
  return match;
}
