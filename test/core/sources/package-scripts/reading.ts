import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scriptCall } from "../../../../src/core/sources/package-scripts/call.ts";
import { packageScripts } from "../../../../src/core/sources/package-scripts/package-scripts.ts";
import { type ShellCommands, shellCommands } from "../../../../src/core/sources/shell/commands.ts";
import { nobody } from "../following.ts";
import { typed } from "../makefile/reading.ts";

export const path = "package.json";
export const folder = join(process.cwd(), "test", "fixtures", "package-scripts");

/** Each fixture says under the key `//` how it is run. */
export const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return { name, text, line: /"\/\/": "([^"]*)"/.exec(text)?.[1] ?? "" };
  });

/** What a command line starts with this package.json. */
export function scripted(text: string, line: string): ShellCommands {
  const call = scriptCall(typed(line));
  if (!call || call.elsewhere) return { commands: [], limits: [] };
  return packageScripts({ path, text }, call.name, call.args, shellCommands, nobody);
}
