import { eachChoice } from "../shell/choices.ts";
import type { ReadShell, Scope, ShellCommand } from "../shell/commands.ts";
import type { Variables } from "../shell/variables.ts";
import type { Limit, SourceFile } from "../source.ts";
import type { Dictionaries, Within } from "./environment.ts";
import type { Imports } from "./names.ts";
import type { Node } from "./tree.ts";

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

/** Works something out for each combination of the values that it reads. */
export function choices<T>({ variables, file, imports, dictionaries }: Walk, work: (within: Within) => T): T[] {
  return eachChoice(variables, (lookup) => work({ file, imports, dictionaries, lookup }));
}
