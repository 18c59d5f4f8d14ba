/**
 * Tests in a real VS Code, without downloading one from anywhere but the npm registry.
 *
 *     node test/host/run.mjs              # both kinds
 *     node test/host/run.mjs host         # suite/**\/*.test.ts, inside the extension host; needs dist/extension.js
 *     node test/host/run.mjs workbench    # workbench/*.test.mjs, as a person; needs a launch-guard-*.vsix in the root
 *     node test/host/run.mjs workbench:terminal    # only those whose names have "terminal" in them
 *
 * The last line is `N passed, M failed`. Exits 1 when a test failed, was skipped, hung or never ran. When chromium or
 * VS Code's own Node is missing it says so and exits 0 with a line `SKIPPED: …`; with LAUNCH_GUARD_REQUIRE_ALL=1 that
 * is a failure too. Pictures of failures are in out/screenshots.
 */
import { EventEmitter, once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { missingParts, root } from "./setup.mjs";
import { bundleSuite, bundles, playedJupyter, printResults } from "./suite.mjs";

const here = import.meta.dirname;
const pictures = join("out", "screenshots");
/** For all tests in the extension host together, start of the editor included. */
const hostTimeoutMs = 300_000;
/** For one test of the workbench; opening it takes about six seconds. */
const workbenchTimeoutMs = 120_000;

/** Lines of a stack trace that lie in VS Code's own minified code, and say nothing. */
const framesOfVsCode = /^\s+at .*\/out\/vs\/.*\n/gm;

const kinds = { host: runInHost, workbench: runInWorkbench };

process.exitCode = await main(process.argv.slice(2));

async function main(asked) {
  const unknown = asked.filter((each) => !(each.split(":")[0] in kinds));
  if (unknown.length > 0) {
    console.error(`Unknown kind of run: ${unknown.join(", ")}. There are: ${Object.keys(kinds).join(", ")}.`);
    return 2;
  }
  const missing = await missingParts();
  if (missing.length > 0) return skip(missing);

  // Loaded only now: what they import is installed by the set-up.
  const editor = await import("./editor.mjs");
  const work = await mkdtemp(join(tmpdir(), "launch-guard-run-"));
  const removeWork = () => rm(work, { recursive: true, force: true, maxRetries: 5 });
  editor.stopOnSignals(removeWork);
  const sum = { passed: 0, failed: 0 };
  try {
    for (const each of asked.length > 0 ? asked : Object.keys(kinds)) {
      const [kind, part = ""] = each.split(":");
      console.log(`\n${each}: starting`);
      const { passed, failed } = await kinds[kind](editor, work, part).catch(broken);
      sum.passed += passed;
      sum.failed += failed;
    }
  } finally {
    await removeWork();
  }
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 ? 1 : 0;
}

function skip(missing) {
  const required = process.env.LAUNCH_GUARD_REQUIRE_ALL === "1";
  const line = `the tests in a real editor did not run; missing: ${missing.join("; ")}`;
  console.log(`${required ? "FAILED" : "SKIPPED"}: ${line}`);
  return required ? 1 : 0;
}

/** A run that broke counts as one failure. */
function broken(error) {
  console.log(`\n  ✖ ${error.stack ?? error}`);
  return { passed: 0, failed: 1 };
}

/** Runs the bundled suite inside the extension host, with the main project as the extension under development. */
async function runInHost({ startServer, launchBrowser }, work) {
  await stat(join(root, "dist", "extension.js")).catch(() => {
    throw new Error("There is no dist/extension.js; make it with: npm run build");
  });
  await bundleSuite();
  const folder = join(work, "workspace");
  await cp(join(here, "workspace"), folder, { recursive: true });
  const resultsFile = join(work, "results.json");

  const server = await startServer({ env: { LAUNCH_GUARD_RESULTS: resultsFile } });
  const said = [];
  let browser;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    const events = new EventEmitter();
    page.once("crash", () => events.emit("error", new Error("The page crashed.")));
    await page.exposeFunction("codeAutomationLog", (_type, words) => said.push(words.join(" ")));
    // Called by VS Code when the tests have ended.
    await page.exposeFunction("codeAutomationExit", () => events.emit("end"));
    await page.addInitScript(developmentOptions, {
      authority: `127.0.0.1:${server.port}`,
      extensions: [root, playedJupyter],
      tests: bundles,
    });
    const end = once(events, "end", { signal: AbortSignal.timeout(hostTimeoutMs) });
    await Promise.all([end, page.goto(server.url(folder))]).catch(async (error) => {
      const picture = join(pictures, "host.png");
      await page.screenshot({ path: join(root, picture) });
      said.push(server.output, `See the picture in ${picture}.`, String(error.cause ?? error));
    });
  } finally {
    await browser?.close();
    await server.stop();
  }

  const { done, results } = JSON.parse(await readFile(resultsFile, "utf8").catch(() => '{ "results": [] }'));
  printResults(results);
  const counts = {
    passed: results.filter(({ error }) => !error).length,
    failed: results.filter(({ error }) => error).length,
  };
  if (done && results.length > 0) return counts;
  console.log(`\n  ✖ ${done ? "There are no tests" : "The tests did not run to their end"}. The editor said:`);
  console.log(said.join("\n").replaceAll(framesOfVsCode, ""));
  return { ...counts, failed: counts.failed + 1 };
}

/** Runs in the page before VS Code's own scripts: tells the workbench which extension and which tests to load. */
function developmentOptions({ authority, extensions, tests }) {
  const uri = (path) => ({ $mid: 1, scheme: "vscode-remote", authority, path });
  document.addEventListener("readystatechange", () => {
    const element = document.getElementById("vscode-workbench-web-configuration");
    if (document.readyState !== "interactive" || !element) return;
    const settings = JSON.parse(element.dataset.settings);
    settings.developmentOptions = { extensions: extensions.map(uri), extensionTestsPath: uri(`${tests}/index.js`) };
    element.dataset.settings = JSON.stringify(settings);
  });
}

/** Installs the packaged extension and runs the files of workbench/ with mocha, in this process. */
async function runInWorkbench({ installVsix, newestVsix }, work, part) {
  const vsix = await newestVsix();
  console.log(`Installing ${relative(root, vsix)}`);
  await installVsix(join(work, "extensions"), vsix);
  process.env.LAUNCH_GUARD_WORK = work;

  const { default: Mocha } = await import("mocha");
  const { closeAll, screenshotAll } = await import("./workbench.mjs");
  const mocha = new Mocha({
    timeout: workbenchTimeoutMs,
    slow: workbenchTimeoutMs,
    forbidOnly: true,
    forbidPending: true,
    rootHooks: {
      async afterEach() {
        const { state, title } = this.currentTest;
        if (state === "failed") await screenshotAll(join(pictures, `${title.replace(/\W+/g, "-")}.png`));
      },
    },
  });
  const names = (await readdir(join(here, "workbench")))
    .filter((name) => name.endsWith(".test.mjs") && name.includes(part))
    .sort();
  for (const name of names) mocha.addFile(join(here, "workbench", name));
  await mocha.loadFilesAsync();
  const counts = { passed: 0, failed: 0 };
  try {
    await new Promise((resolve) => {
      mocha
        .run(resolve)
        .on("pass", () => counts.passed++)
        .on("fail", () => counts.failed++);
    });
  } finally {
    await closeAll();
  }
  if (counts.passed + counts.failed === 0) throw new Error("There are no tests in test/host/workbench");
  return counts;
}
