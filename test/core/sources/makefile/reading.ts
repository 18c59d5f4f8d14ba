import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeCommands } from "../../../../src/core/sources/makefile/makefile.ts";
import { makeCall } from "../../../../src/core/sources/makefile/request.ts";
import { type ReadShell, type ShellCommands, shellCommands } from "../../../../src/core/sources/shell/commands.ts";
import { splitWords } from "../../../../src/core/sources/shell/script.ts";
import { noSlot, type Word } from "../../../../src/core/word.ts";
import { nobody } from "../following.ts";

export const path = "Makefile";
export const folder = join(process.cwd(), "test", "fixtures", "makefile");

/** Each fixture says in its first line how it is run: `# make serve HOST=0.0.0.0`. */
export const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".mk"))
  .map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return { name, text, args: /^# make ?([^\r\n]*)/.exec(text)?.[1] ?? "" };
  });

/** What `make ARGS` starts with this makefile. */
export function made(text: string, args = "", shell: ReadShell = shellCommands): ShellCommands {
  const call = makeCall(typed(args));
  return call ? makeCommands({ path, text }, call, shell, nobody) : { commands: [], limits: [] };
}

/** Words as they are typed in a terminal. */
export function typed(line: string): Word[] {
  const at = { path: "terminal", start: 0, end: line.length };
  return splitWords({ pieces: [{ text: line, at }], at, edit: noSlot });
}
