import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import {
  command,
  openFile,
  openWorkbench,
  quickFix,
  readEditorText,
  screenshot,
  showQuickFixes,
  squiggles,
  waitForEditorText,
  waitForNotification,
  waitForProblem,
  waitForSquiggle,
} from "../workbench.mjs";

/** The packaged extension on `examples/`, used by keys and clicks. With LAUNCH_GUARD_PICTURE the README's picture is made. */
describe("examples/ in the editor, from the package", () => {
  let workbench;
  let page;
  before(async () => {
    workbench = await openWorkbench("examples");
    page = workbench.page;
  });
  after(() => workbench?.close());

  it("underlines the published port and says in the Problems panel what it means", async () => {
    await openFile(page, "compose.yaml");
    await waitForSquiggle(page, "error");
    // Once the Dockerfile beside it is read as well.
    await waitForProblem(page, "anyone on the network can run any code as you");
    await squiggles(page, "error").first().waitFor();
  });

  it("offers to publish it on this machine only", async () => {
    await showQuickFixes(page, squiggles(page, "error").first());
    if (process.env.LAUNCH_GUARD_PICTURE) await screenshot(page, process.env.LAUNCH_GUARD_PICTURE);
    await page.keyboard.press("Escape");
    await quickFix(page, "Publish it on this machine only", squiggles(page, "error").first());
    await waitForEditorText(page, '"127.0.0.1:8888:8888"');
  });

  it("takes the error about the login off the Dockerfile once the port is closed", async () => {
    await openFile(page, "Dockerfile");
    await waitForSquiggle(page, "info");
    await squiggles(page, "error").first().waitFor({ state: "detached" });
  });

  it("writes an ignore comment and waits for the reason", async () => {
    await openFile(page, "start-lab.sh");
    const before = await readEditorText(page);
    const squiggle = await waitForSquiggle(page);
    await showQuickFixes(page, squiggle);
    const titles = await page.locator(".action-widget .monaco-list-row.action .title").allTextContents();
    await page.keyboard.press("Escape");
    const ignore = titles.find((title) => title.startsWith("Ignore "));
    assert.ok(ignore, `offered are: ${titles.join(" | ")}`);
    await quickFix(page, ignore, squiggle);
    await page.keyboard.type("a test types its reason");
    await waitForEditorText(page, "] a test types its reason");
    assert.notEqual(await readEditorText(page), before);
  });

  it("scans the whole folder on command", async () => {
    await command(page, "Launch Guard: Scan Workspace");
    const notification = await waitForNotification(page, "files looked at");
    assert.match((await notification.innerText()).replace(/\s+/g, " "), /problems: \d+/);
    // Nobody opened this file.
    await waitForProblem(page, ".env");
  });

  it("left the files on disk alone until they are saved", async () => {
    const onDisk = await readFile(join(workbench.folder, "compose.yaml"), "utf8");
    assert.match(onDisk, /- "8888:8888"/);
  });
});
