import { dialectCommands } from "../dialect/commands.ts";
import { expandValue } from "../dialect/expand.ts";
import type { CommandNode } from "../dialect/nodes.ts";
import { removeStatement } from "../dialect/remove-statement.ts";
import { type Dialect, evaluate, type Run, sourceOf } from "../dialect/run.ts";
import type { ReadShell } from "../shell/commands.ts";
import { placeOf } from "../shell/segment.ts";
import { parseCmd } from "./parse.ts";

/**
 * Every command that a text typed into cmd.exe starts.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/cmd.
 */
export const cmdCommands: ReadShell = (script, scope) => dialectCommands(cmd, script, scope);

const cmd: Dialect = {
  spelling: {
    continuation: "^",
    splits: true,
    // A `%` begins a variable, even between quotes.
    means: (text) => /^[A-Za-z0-9_.:/=,@+-]+$/.test(text),
    staysText: (value) => !/["^%!&|<>()\r\n]/.test(value),
  },
  anyCase: true,
  parse: parseCmd,
  builtin: runSet,
};

/**
 * What is set is in the environment of every program from there on. Without a value the variable is gone.
 *
 * Source: learn.microsoft.com/windows-server/administration/windows-commands/set_1.
 */
function runSet(node: CommandNode, run: Run): boolean {
  if (sourceOf(node, run).toLowerCase() !== "set") return false;
  const { variables } = run;
  for (const { name, value } of node.prefix) {
    const at = placeOf(run, node.start, node.end);
    const isGone = value.start === value.end;
    const values = evaluate(run, (context) => ({
      words: [expandValue(value, context, () => removeStatement(node, run))],
      array: false,
      at,
    }));
    variables.set(name, isGone ? [undefined] : values);
    variables.setExported(name, !isGone);
  }
  return true;
}
