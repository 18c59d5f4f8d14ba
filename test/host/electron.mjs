/**
 * The tests of the extension host in a VS Code for the desktop, which @vscode/test-electron downloads: for people on the
 * open internet, and for Windows and macOS. Where nothing can be downloaded, `run.mjs` runs the same tests.
 *
 *     npm run build && npm run test:electron
 */
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { root } from "./setup.mjs";
import { bundleSuite, bundles, printResults } from "./suite.mjs";

const work = await mkdtemp(join(tmpdir(), "launch-guard-electron-"));
try {
  const folder = join(work, "workspace");
  const resultsFile = join(work, "results.json");
  await cp(join(import.meta.dirname, "workspace"), folder, { recursive: true });
  await bundleSuite();
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: join(bundles, "index.js"),
    extensionTestsEnv: { LAUNCH_GUARD_RESULTS: resultsFile },
    launchArgs: [folder, "--disable-extensions"],
  });
  printResults(JSON.parse(await readFile(resultsFile, "utf8")).results);
} finally {
  await rm(work, { recursive: true, force: true });
}
