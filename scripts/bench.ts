/**
 * Measures what a user waits for, and compares it with the bars of the project: `npm run bench`.
 * With `-- --peers` the same files go through ShellCheck, dclint and dockerfile-utils as well, as ratios in one run.
 * Medians; warm and in process unless it says cold. Run it while nothing else runs.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import { defaultConfig } from "../src/core/config.ts";
import { lint } from "../src/core/lint.ts";
import { judge, launches, typed } from "../test/core/command/judging.ts";
import { everyday } from "../test/terminal/everyday.ts";
import { composeFile, dockerfile, shellScript } from "./bench-files.ts";

type Row = { readonly what: string; readonly value: number; readonly unit: string; readonly bar?: number };

const rounds = 41;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Long enough for the compiler to be done with a piece of work. */
const warmUpMs = 4000;

/** Medians of several pieces of work when warm, done in turns so that each sees the same machine. */
function timed(...works: readonly (() => void)[]): number[] {
  const start = performance.now();
  while (performance.now() - start < warmUpMs) {
    for (const work of works) work();
  }
  return medians(rounds, works);
}

function lints(path: string, text: string): () => void {
  const workspace = { read: (asked: string) => (asked === path ? text : undefined), referrers: () => [] };
  return () => {
    lint(path, workspace);
  };
}

function engineRows(): Row[] {
  const [docker = 0] = timed(lints("Dockerfile", dockerfile));
  const [shell = 0] = timed(lints("launch.sh", shellScript));
  const [compose = 0, yaml = 1] = timed(lints("compose.yaml", composeFile), () => {
    parseAllDocuments(composeFile);
  });
  return [
    { what: "Dockerfile of 1,000 lines", value: docker, unit: "ms", bar: 10 },
    { what: "shell script of 1,000 lines", value: shell, unit: "ms", bar: 10 },
    { what: "compose file of 1,000 lines", value: compose, unit: "ms" },
    { what: "  parseAllDocuments of yaml on it", value: yaml, unit: "ms" },
    { what: "  compose / parseAllDocuments", value: compose / yaml, unit: "×", bar: 1.5 },
  ];
}

/** The time that a command takes from everybody in the extension host, each kind of command by itself. */
function terminalRows(): Row[] {
  const work = (text: string) => () => {
    if (judge.isOfInterest(typed(text), defaultConfig)) launches(text);
  };
  const day = timed(...everyday.map(work)).toSorted((a, b) => a - b);
  const paste = `jupyter lab --ip=0.0.0.0 ${"x ".repeat(50_000)}`;
  const lines = `${"ls -la; git status\n".repeat(5_000)}jupyter lab --ip=0.0.0.0`;
  const json = `jupyter lab --ip=0.0.0.0 --config='${JSON.stringify(Array(6_000).fill({ key: "value" }))}'`;
  const [exposed = 0, pasted = 0, argument = 0, script = 0] = timed(
    work("jupyter lab --ip=0.0.0.0 --allow-root"),
    work(paste),
    work(json),
    work(lines),
  );
  return [
    { what: "an everyday command in a terminal", value: day[day.length >> 1] ?? Number.NaN, unit: "ms", bar: 5 },
    { what: "  the slowest of them", value: day.at(-1) ?? Number.NaN, unit: "ms", bar: 5 },
    { what: "an exposed Jupyter in a terminal", value: exposed, unit: "ms", bar: 5 },
    { what: "a command of 50,000 words, 100 kB", value: pasted, unit: "ms", bar: 5 },
    { what: "a command with 100 kB of JSON", value: argument, unit: "ms", bar: 5 },
    { what: "10,000 commands that are pasted at once", value: script, unit: "ms" },
  ];
}

function commandLineRows(folder: string): Row[] {
  const project = join(folder, "project");
  mkdirSync(project);
  cpSync("examples/Dockerfile", join(project, "Dockerfile"));
  const options = { cwd: project };
  const [cold = 0, bare = 0] = medians(15, [
    () => spawnSync(process.execPath, [resolve("dist/cli.js"), "scan", "Dockerfile"], options),
    () => spawnSync(process.execPath, ["-e", "0"], options),
  ]);
  return [
    { what: "cold command line on one file, over bare node", value: cold - bare, unit: "ms", bar: 100 },
    { what: "  bare node -e 0", value: bare, unit: "ms" },
  ];
}

function medians(count: number, works: readonly (() => void)[]): number[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round < count; round++) {
    for (const [index, work] of works.entries()) times[index]?.push(milliseconds(work));
  }
  return times.map(median);
}

/** What the extension and the command line load, with what the editor loads after its start. */
function bundleRows(): Row[] {
  const size = (...names: string[]) => names.reduce((sum, name) => sum + statSync(`dist/${name}.js`).size / 1000, 0);
  return [
    { what: "extension.js and session.js", value: size("extension", "session"), unit: "kB", bar: 400 },
    { what: "cli.js", value: size("cli"), unit: "kB", bar: 400 },
    { what: "config-file.js, where a configuration exists", value: size("config-file"), unit: "kB" },
    { what: "diff.js, for --diff", value: size("diff"), unit: "kB" },
  ];
}

/** In a process of its own each time: what the editor waits for is the first load of the bundle, and `activate`. */
function activationRows(folder: string): Row[] {
  const stub = join(folder, "node_modules/vscode");
  mkdirSync(stub, { recursive: true });
  cpSync("out/scripts/vscode.js", join(stub, "index.js"));
  for (const file of readdirSync("dist")) cpSync(join("dist", file), join(folder, file));
  const script = `
    require("vscode");
    const start = process.hrtime.bigint();
    require("./extension.js").activate({ subscriptions: [], extensionUri: undefined });
    process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));
    process.exit();`;
  const times = Array.from({ length: 15 }, () =>
    Number(execFileSync(process.execPath, ["-e", script], { encoding: "utf8", cwd: folder })),
  );
  return [{ what: "activation: load of the bundle and activate()", value: median(times), unit: "ms", bar: 30 }];
}

/** Other linters on the same files, as processes, beside our own command line as a process. */
function peerRows(folder: string): Row[] {
  const ours = (name: string) => () => spawnSync(process.execPath, ["dist/cli.js", "scan", join(folder, name)]);
  const node =
    (script: string, ...args: string[]) =>
    () =>
      spawnSync(process.execPath, ["-e", script, ...args]);
  const dockerUtils = `require("dockerfile-utils").validate(require("fs").readFileSync(process.argv[1], "utf8"))`;
  const peers: [string, string, () => void][] = [
    ["ShellCheck", "launch.sh", () => spawnSync("shellcheck", [join(folder, "launch.sh")])],
    ["dclint", "compose.yaml", () => spawnSync("node_modules/.bin/dclint", [join(folder, "compose.yaml")])],
    ["dockerfile-utils", "Dockerfile", node(dockerUtils, join(folder, "Dockerfile"))],
  ];
  return peers.flatMap(([peer, name, work]) => {
    const [mine = 0, theirs = 0] = medians(7, [ours(name), work]);
    return [
      { what: `${peer} on ${name}, as a process`, value: theirs, unit: "ms" },
      { what: `  ours / ${peer}`, value: mine / theirs, unit: "×" },
    ];
  });
}

function print(rows: readonly Row[]): void {
  for (const { what, value, unit, bar } of rows) {
    const verdict = bar === undefined ? "" : `  bar ${bar} ${unit}  ${value <= bar ? "met" : "MISSED"}`;
    console.log(`${what.padEnd(48)} ${value.toFixed(2).padStart(9)} ${unit}${verdict}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "launch-guard-bench-"));
try {
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  writeFileSync(join(folder, "launch.sh"), shellScript);
  writeFileSync(join(folder, "compose.yaml"), composeFile);
  print(engineRows());
  print(terminalRows());
  print(commandLineRows(folder));
  print(bundleRows());
  print(activationRows(folder));
  if (process.argv.includes("--peers")) print(peerRows(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
