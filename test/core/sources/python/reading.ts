import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pythonCommands } from "../../../../src/core/sources/python/python.ts";
import { type ReadShell, type ShellCommands, shellCommands } from "../../../../src/core/sources/shell/commands.ts";
import { nobody } from "../following.ts";

export const path = "app.py";
export const folder = join(process.cwd(), "test", "fixtures", "python");

export const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".py"))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** What `python app.py` starts. */
export function run(text: string, shell: ReadShell = shellCommands): ShellCommands {
  return pythonCommands({ path, text }, shell, nobody);
}
