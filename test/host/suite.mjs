/** The tests that run inside the extension host: how they are bundled, and how their results are shown. */
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./setup.mjs";

/** Where the bundled tests are; `index.js` there is what VS Code calls. */
export const bundles = join(root, "out", "test-host");

/** Bundles the suite with the main project's esbuild. */
export async function bundleSuite() {
  const suite = join(import.meta.dirname, "suite");
  const { build } = createRequire(join(root, "package.json"))("esbuild");
  await rm(bundles, { recursive: true, force: true });
  await build({
    entryPoints: [join(suite, "index.ts"), join(suite, "**/*.test.ts")],
    outbase: suite,
    outdir: bundles,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    external: ["vscode", "mocha", "cpu-features", "*.node"],
  });
}

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
