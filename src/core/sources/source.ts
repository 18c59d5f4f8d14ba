import type { Invocation } from "../invocation.ts";
import type { Place } from "../text.ts";

/** Reads a neighbour of the file that is linted; synchronous, from what the host has loaded. */
export type Workspace = {
  /** The text of a file of the workspace by its path with `/`, or `undefined`. */
  read(path: string): string | undefined;
  /** The files that lead to this one: a compose file for its Dockerfile, a Dockerfile for a script. */
  referrers(path: string): readonly string[];
  /**
   * Whether a program, by its base name and the text of its whole command, may start something that is known; any may
   * where nobody tells.
   */
  starts?(program: string, command: string): boolean;
  /**
   * What a command of a terminal starts by the files that it names, such as those of `docker compose up`; `undefined`
   * where it names none. Nobody follows commands that stand in a file.
   */
  follow?(command: Invocation, program: string): readonly Invocation[] | undefined;
};

export type SourceFile = { readonly path: string; readonly text: string };

/** One kind of file: where it launches something, and with which words. */
export type Source = {
  readonly id: string;
  /** It leads to no other file, so a text that names no tool launches none and need not be opened. */
  readonly alone?: true;
  /** Whether a file is of this kind, by its name and, for scripts without an extension, its first line. */
  accepts(path: string, text: string): boolean;
  open(file: SourceFile, workspace: Workspace): Opened;
};

/** A file read by its source. What is costly is worked out when it is asked for. */
export type Opened = {
  /** Everything it starts. */
  invocations(): readonly Invocation[];
  /** The files it leads to, by path. */
  links(): readonly string[];
  /** Its comments, each with its comment sign; never the `#` of a string or a heredoc. */
  comments(): readonly Place[];
  /**
   * What a comment above it covers: each statement, instruction, key with its value, list item. Nested ones all.
   * A comment can be written on a line of its own before the first line of each.
   */
  blocks(): readonly Place[];
  /** What was left out, because it is too large or nested too deep. */
  limits(): readonly Limit[];
};

/** Something too large to be read; shown as information, so that silence is never mistaken for safety. */
export type Limit = { readonly at: Place; readonly what: "size" | "nesting" };
