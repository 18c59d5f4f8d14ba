import { dialectCommands } from "../dialect/commands.ts";
import type { Dialect } from "../dialect/run.ts";
import type { ReadShell } from "../shell/commands.ts";
import { parseFish } from "./parse.ts";
import { runSet } from "./set.ts";

/**
 * Every command that a text typed into fish starts. Aliases and functions of the user's own are not guessed.
 *
 * Source: fishshell.com/docs/current/language.html.
 */
export const fishCommands: ReadShell = (script, scope) => dialectCommands(fish, script, scope);

const fish: Dialect = {
  spelling: { continuation: "\\", splits: false, means: (text) => /^[A-Za-z0-9_.:/=,@%+-]+$/.test(text) },
  parse: parseFish,
  builtin: runSet,
};
