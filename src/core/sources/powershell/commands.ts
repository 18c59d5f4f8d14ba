import { dialectCommands } from "../dialect/commands.ts";
import type { Range, WordNode } from "../dialect/nodes.ts";
import type { Dialect } from "../dialect/run.ts";
import type { ReadShell } from "../shell/commands.ts";
import { runAssignment, runRemoval } from "./assign.ts";
import { invokeExpression } from "./invoke.ts";
import { parsePowershell } from "./parse.ts";
import { runStartProcess } from "./start-process.ts";

/**
 * Every command that a text typed into PowerShell starts. Aliases and functions of the user's own are not guessed.
 *
 * Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing and the pages beside it.
 */
export const powershellCommands: ReadShell = (script, scope) => dialectCommands(powershell(), script, scope);

function powershell(): Dialect {
  const invoke = invokeExpression();
  return {
    spelling: { continuation: "`", splits: false, means, parts, extent },
    anyCase: true,
    parse: parsePowershell,
    builtin: (node, run) =>
      runAssignment(node, run) || runRemoval(node, run) || runStartProcess(node, run) || invoke(node, run),
  };
}

/** Whether a word means itself without quotes. A comma makes a list, an `@` passes one on, `--%` quotes the rest. */
function means(text: string): boolean {
  return /^(?!@|:|--%$)[A-Za-z0-9_.:/=@%+-]+$/.test(text) && !parts(text);
}

/** A parameter ends before its first dot. */
function parts(text: string): boolean {
  return /^-[A-Za-z_][^.:]*\./.test(text);
}

/** An element of a list goes with the comma that ties it to another; the only one goes alone. */
function extent(text: string, { start, end }: WordNode): Range | undefined {
  const before = skip(text, start, -1);
  const after = skip(text, end, 1);
  if (text[before - 1] === ",") return { start: skip(text, before - 1, -1), end };
  if (text[after] === ",") return { start, end: skip(text, after + 1, 1) };
  if (text[before - 1] !== "(" || text[after] !== ")") return undefined;
  return text[before - 2] === "@" ? { start, end } : { start: before - 1, end: after + 1 };
}

/** Goes over white space in a direction. */
function skip(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (/\s/.test(text[step === 1 ? at : at - 1] ?? "")) at += step;
  return at;
}
