/** Runs inside the extension host: VS Code calls `run()`, which runs the test files beside this one and notes how they went. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

/** One line of the results, as `run.mjs` reads them. */
type Result = { suites: string[]; title: string; durationMs: number; error?: string };

/** VS Code takes a rejection for a failed run. */
export async function run(): Promise<void> {
  const results: Result[] = [];
  // Written after every test, so that a run that hangs tells how far it came.
  const note = (done: boolean) => writeFileSync(resultsFile(), JSON.stringify({ done, results }));
  note(false);

  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true, forbidPending: true, reporter: "min" });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: "utf8" }).sort())
    if (name.endsWith(".test.js")) mocha.addFile(join(__dirname, name));
  await new Promise<void>((resolve) => {
    const add = (test: Mocha.Runnable, error?: Error) => {
      results.push(result(test, error));
      note(false);
    };
    mocha
      .run(() => resolve())
      .on("pass", (test) => add(test))
      .on("fail", add);
  });
  note(true);

  const failed = results.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} tests failed`);
}

function result(test: Mocha.Runnable, error: Error | undefined): Result {
  const titles = test.titlePath();
  const said = error && { error: error.stack ?? String(error) };
  return { suites: titles.slice(0, -1), title: titles.at(-1) ?? "", durationMs: test.duration ?? 0, ...said };
}

function resultsFile(): string {
  const file = process.env["LAUNCH_GUARD_RESULTS"];
  if (!file) throw new Error("LAUNCH_GUARD_RESULTS is not set: start this with node test/host/run.mjs host");
  return file;
}
