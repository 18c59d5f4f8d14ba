import type { Env } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import type { Word } from "../../word.ts";
import type { Limit } from "../source.ts";

/** What a script knows when it starts. */
export type Scope = {
  /** The environment: variables that are set and exported from outside. */
  readonly env: Env;
  /** `$1`, `$2`, …; `undefined` where nobody knows them, so that `"$@"` is any number of words. */
  readonly parameters: readonly Word[] | undefined;
  /** How many scripts this one is inside of. */
  readonly depth: number;
};

/** One simple command of a script, with the variables that are known where it stands. */
export type ShellCommand = {
  readonly words: readonly Word[];
  /** What it inherits: the scope's environment, exported assignments and its own prefix. */
  readonly env: Env;
  /** The whole statement. */
  readonly at: Place;
  /** The heredoc or here-string on its standard input. */
  readonly stdin?: Mapped;
};

/** Every simple command that a script runs, one for each value of a variable that has several. */
export function shellCommands(_script: Mapped, _scope: Scope): { commands: ShellCommand[]; limits: Limit[] } {
  return { commands: [], limits: [] };
}
