/**
 * Every test that this machine can run: the plain ones in this process, then the ones in a real VS Code.
 * The last line is `N passed, N failed`. A part that cannot run for a missing component says so and is left out; with
 * LAUNCH_GUARD_REQUIRE_ALL=1 it fails.
 */
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stop as stopEsbuild } from "esbuild";
import Mocha from "mocha";
import { watchForLeaks } from "./leaks.mjs";

async function main() {
  if ((await run(["esbuild.js"])).code !== 0) return 1;
  await pythonEnvironment();
  const plain = await plainTests();
  const packaged = await run(["node_modules/@vscode/vsce/vsce", "package", ...packageOptions]);
  const host = packaged.code === 0 ? await hostTests() : { passed: 0, failed: 1 };
  const passed = plain.passed + host.passed;
  const failed = plain.failed + host.failed;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

const packageOptions = ["--no-dependencies"];

/** Makes the Python environment with the real servers, once. Without it, the suite that needs it says so. */
function pythonEnvironment() {
  return new Promise((resolve) => {
    const child = spawn("python3", ["test/tunnel/python-environment.py"], { stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", resolve);
    child.on("close", resolve);
  });
}

async function plainTests() {
  const mocha = new Mocha({ reporter: "dot", timeout: 20_000 });
  const leaks = watchForLeaks();
  mocha.rootHooks({
    async afterAll() {
      // Tests that bundle something share one process of esbuild, which would stay until the end.
      await stopEsbuild();
      const left = await leaks.left();
      if (left.length > 0) throw new Error(`The tests have left behind:\n${left.join("\n")}`);
    },
  });
  const files = await readdir("out/test", { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".test.js")).sort()) mocha.addFile(join("out/test", file));
  await mocha.loadFilesAsync();
  const stats = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  leaks.end();
  // A pending test is one that someone switched off; that is no way to pass.
  return { passed: stats.passes, failed: stats.failures + stats.pending };
}

/** The real editor says how many passed and failed on its last line; without such a line it did not get there. */
async function hostTests() {
  const { code, lines } = await run(["test/host/run.mjs"]);
  const skipped = lines.some((line) => line.startsWith("SKIPPED:"));
  const counted = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? "");
  if (counted) return { passed: Number(counted[1]), failed: Number(counted[2]) };
  return { passed: 0, failed: skipped && code === 0 ? 0 : 1 };
}

/** Runs a Node script; its output is shown and kept. */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const lines = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(line);
      if (line.trim() !== "") lines.push(line.trim());
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, lines }));
  });
}

process.exitCode = await main();
