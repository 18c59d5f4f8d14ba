/**
 * The first command of the README, after `npm ci`: packages the extension, shows what the command line says of
 * `examples/`, and opens that folder in an editor with the extension under development. It installs nothing.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const examples = resolve("examples");
const editors = ["code", "codium", "cursor"];

/** The first of the editors that is on the PATH. */
function findEditor() {
  const suffixes = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  for (const editor of editors) {
    for (const folder of folders) {
      const found = suffixes.map((suffix) => join(folder, editor + suffix)).find(isExecutable);
      if (found) return found;
    }
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (error) throw error;
  return status ?? 1;
}

if (run("npm", ["run", "--silent", "package"]) !== 0) process.exit(1);

console.log("\nWhat Launch Guard says of examples/, which is unsafe on purpose:\n");
// 1 means that there are findings, which is what this folder is for.
if (run(process.execPath, ["dist/cli.js", "scan", "examples"]) > 1) process.exit(1);

const editor = findEditor();
if (editor) {
  console.log(`\nOpening examples/ in ${editor} with the extension under development.`);
  const args = [`--extensionDevelopmentPath=${resolve(".")}`, examples];
  spawn(editor, args, { stdio: "ignore", detached: true, shell: process.platform === "win32" }).unref();
} else {
  console.log(`\nNo ${editors.slice(0, -1).join(", ")} or ${editors.at(-1)} is on the PATH, so no editor was opened.`);
  console.log(
    "npm run editor opens examples/ in a real VS Code on 127.0.0.1, with the extension installed, and prints its address.",
  );
}
