import type { Env } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Word } from "../../word.ts";
import { eachChoice } from "../shell/choices.ts";
import type { Progress } from "../shell/progress.ts";
import type { Context, Spelling } from "./expand.ts";
import type { CommandNode, FunctionNode, Parsed, WordNode } from "./nodes.ts";

/** What tells one shell from another, once its text is read. */
export type Dialect = {
  readonly spelling: Spelling;
  /** Programs are found whatever the case of their names, as on Windows. */
  readonly anyCase?: true;
  parse(text: string): Parsed;
  /** Runs what is a part of the shell itself, such as an assignment; `false` for a program. */
  builtin(node: CommandNode, run: Run): boolean;
  /** The words of a program where they are not simply those of the command. */
  program?(words: readonly Word[], node: CommandNode, run: Run): Program | undefined;
};

export type Program = { readonly words: readonly Word[]; readonly background?: boolean };

/** A script while it is run. */
export type Run = Progress<FunctionNode> & { readonly dialect: Dialect; readonly script: Mapped };

/** Works something out for each combination of the values that it reads; most of it needs no environment. */
export function evaluate<T>(run: Run, work: (context: Context, env: () => Env) => T): T[] {
  const { script, fallback, variables } = run;
  const { spelling } = run.dialect;
  return eachChoice(variables, (lookup, inherit) =>
    work({ script, fallback, lookup, spelling }, () => variables.environment(inherit)),
  );
}

/** A command's first word as it is written. */
export function sourceOf({ words }: CommandNode, { script }: Pick<Run, "script">): string {
  return words[0] ? script.text.slice(words[0].start, words[0].end) : "";
}

/** What a word says where no variable is a part of it. */
export function plainText({ parts }: WordNode, text: string): string | undefined {
  let result = "";
  for (const part of parts) {
    if (part.type !== "text") return undefined;
    result += part.text ?? text.slice(part.start, part.end);
  }
  return result;
}
