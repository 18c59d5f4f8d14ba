import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { running, standIn, statusBar } from "../terminals.mjs";
import { showView } from "../tunnels.mjs";
import {
  command,
  openWorkbench,
  pressInTerminal,
  runTask,
  waitForNotification,
  waitForTerminalText,
} from "../workbench.mjs";

/** What a folder's own tasks and debug configurations start, run by keys. */
describe("servers that tasks and debuggers start", () => {
  let workbench, page, stand, project;
  before(async () => {
    stand = await standIn();
    project = await projectWith(stand);
    workbench = await openWorkbench(project);
    page = workbench.page;
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    await stand?.remove();
    if (project) await rm(project, { recursive: true, force: true });
  });

  for (const [name, port] of [
    ["serve by a shell", 9201],
    ["serve as a process", 9202],
  ])
    it(`are told once and listed for a task (${name}), until it ends`, async () => {
      await runTask(page, name);
      await waitForNotification(page, "Jupyter listens on every interface");
      await running(page, `Jupyter :${port}`)
        .filter({ hasText: `${name}, since` })
        .waitFor();
      await isToldOnce();
      await pressInTerminal(page, "Control+C");
      await running(page, `Jupyter :${port}`).waitFor({ state: "detached" });
      await statusBar(page).waitFor({ state: "detached" });
      await command(page, "Notifications: Clear All Notifications");
    });

  it("are told once and listed for a debug configuration, until it ends", async () => {
    await page.keyboard.press("F5");
    await waitForNotification(page, "Jupyter listens on every interface");
    await command(page, "Terminal: Focus on Terminal View");
    await running(page, "Jupyter :9203").waitFor();
    await isToldOnce();
    await page.keyboard.press("Shift+F5");
    await running(page, "Jupyter :9203").waitFor({ state: "detached" });
    await statusBar(page).waitFor({ state: "detached" });
  });

  /** The terminal has told of it as well by the time that it serves. */
  async function isToldOnce() {
    await waitForTerminalText(page, "serving");
    await running(page, "Running Now").filter({ hasText: "1" }).waitFor();
    assert.equal(await page.locator(".notification-toast", { hasText: "Jupyter" }).count(), 1);
  }
});

/** A folder with two tasks and a debug configuration that start an exposed Jupyter. */
async function projectWith({ jupyter }) {
  const folder = await mkdtemp(join(tmpdir(), "project-"));
  const write = (name, content) => writeFile(join(folder, ".vscode", name), JSON.stringify(content));
  await mkdir(join(folder, ".vscode"));
  const task = { problemMatcher: [] };
  await write("tasks.json", {
    version: "2.0.0",
    tasks: [
      {
        ...task,
        label: "serve by a shell",
        type: "shell",
        command: `${jupyter} lab --ip=0.0.0.0 --allow-root --port=9201`,
      },
      {
        ...task,
        label: "serve as a process",
        type: "process",
        command: jupyter,
        args: ["lab", "--ip=0.0.0.0", "--allow-root", "--port=9202"],
      },
    ],
  });
  await write("launch.json", {
    version: "0.2.0",
    configurations: [
      {
        name: "serve in a debugger",
        type: "node-terminal",
        request: "launch",
        command: `${jupyter} lab --ip=0.0.0.0 --allow-root --port=9203`,
      },
    ],
  });
  return folder;
}
