/** The tests that run inside the extension host: how they are bundled, and how their results are shown. */
import { cp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./setup.mjs";

/** Where the bundled tests are; `index.js` there is what VS Code calls. */
export const bundles = join(root, "out", "test-host");

/** The extension that plays Jupyter. */
export const playedJupyter = join(root, "out", "test-host-jupyter");

/** Bundles the suite with the main project's esbuild. */
export async function bundleSuite() {
  const suite = join(import.meta.dirname, "suite");
  const { build } = createRequire(join(root, "package.json"))("esbuild");
  const jupyter = join(import.meta.dirname, "jupyter");
  for (const made of [bundles, playedJupyter]) await rm(made, { recursive: true, force: true });
  await cp(join(jupyter, "package.json"), join(playedJupyter, "package.json"));
  await build({ ...bundled, entryPoints: [join(jupyter, "extension.ts")], outdir: playedJupyter });
  await build({
    ...bundled,
    entryPoints: [join(suite, "index.ts"), join(suite, "**/*.test.ts")],
    outbase: suite,
    outdir: bundles,
  });
}

const bundled = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  external: ["vscode", "mocha", "cpu-features", "*.node"],
};

/** Prints results the way mocha does. */
export function printResults(results) {
  let suite = "";
  for (const { suites, title, durationMs, error } of results) {
    const indent = "  ".repeat(suites.length);
    if (suites.join(" › ") !== suite) console.log(`\n${indent}${suites.join(" › ")}`);
    suite = suites.join(" › ");
    console.log(`${indent}  ${error ? "✖" : "✔"} ${title} (${durationMs} ms)`);
    if (error) console.log(error.replace(/^/gm, `${indent}      `));
  }
}
