import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { listeningOn, pythonPrograms } from "../far.mjs";
import { freePort, running, standIn, statusBar, withShell } from "../terminals.mjs";
import { dialog, showView } from "../tunnels.mjs";
import { until } from "../until.mjs";
import {
  command,
  openWorkbench,
  runInTerminal,
  screenshot,
  typeInTerminal,
  waitForNotification,
  waitForTerminalText,
} from "../workbench.mjs";

const python = pythonPrograms();

/** What is typed into terminals, in the shells that the editor integrates on this machine. */
for (const shell of ["bash", "zsh", "fish"])
  describe(`a command that is typed into ${shell}`, () => {
    let workbench, page, stand;
    before(async () => {
      stand = await standIn();
      workbench = await openWorkbench("examples", { settings: withShell(shell) });
      page = workbench.page;
    });
    after(async () => {
      await workbench?.close();
      await stand?.remove();
    });

    it("is told the moment it starts, and leaves with its end", async () => {
      await runInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0 --allow-root`);
      await waitForNotification(page, "Jupyter listens on every interface");
      await statusBar(page).waitFor();
      await page.keyboard.press("Control+C");
      await statusBar(page).waitFor({ state: "detached" });
      await command(page, "Notifications: Clear All Notifications");
    });

    it("is read with the shell's own words", async () => {
      const line = {
        bash: `IP=0.0.0.0; ${stand.jupyter} lab --ip=$IP --allow-root`,
        zsh: `export IP=0.0.0.0 && ${stand.jupyter} lab --ip="$IP" --allow-root`,
        fish: `set -x IP 0.0.0.0; and ${stand.jupyter} lab --ip=$IP --allow-root`,
      }[shell];
      await typeInTerminal(page, line);
      await waitForNotification(page, "Jupyter listens on every interface");
      await page.keyboard.press("Control+C");
      await statusBar(page).waitFor({ state: "detached" });
      await command(page, "Notifications: Clear All Notifications");
    });

    it("makes no sound when it is harmless, ends at once, or only looks like one", async () => {
      const lines = [
        `${stand.jupyter} lab --version`,
        'echo "jupyter lab --ip=0.0.0.0"',
        "no-such-jupyter lab --ip=0.0.0.0 --allow-root",
        'grep -r "0.0.0.0" .',
        "ls",
      ];
      for (const line of lines) await typeInTerminal(page, line);
      await typeInTerminal(page, "echo do''ne");
      await waitForTerminalText(page, "done");
      assert.equal(await page.locator(".notification-toast").count(), 0);
      assert.equal(await statusBar(page).count(), 0);
    });
  });

describe("what terminals start, by keys and clicks", () => {
  let workbench, page, stand;
  before(async () => {
    stand = await standIn();
    workbench = await openWorkbench("examples", {
      settings: { ...withShell("bash"), "launchGuard.terminal.notify": "warning" },
      size: { width: 1280, height: 900 },
    });
    page = workbench.page;
    await writeFile(join(workbench.folder, "serve.sh"), `#!/bin/bash\n${stand.jupyter} lab --ip=0.0.0.0\n`);
    await chmod(join(workbench.folder, "serve.sh"), 0o755);
    await writeFile(join(workbench.folder, "Makefile"), `serve:\n\t${stand.jupyter} lab --ip=0.0.0.0\n`);
  });
  after(async () => {
    await workbench?.close();
    await stand?.remove();
  });

  it("is told where a script that is run by name starts it, and made safe there", async () => {
    await runInTerminal(page, "bash serve.sh");
    const told = await waitForNotification(page, "Jupyter listens on every interface");
    await told.getByRole("button", { name: "Run Safely Instead" }).click();
    await dialog(page).getByText("serve.sh").waitFor();
    await dialog(page).getByRole("button", { name: "Run Safely" }).click();
    await until(async () => !(await readFile(join(workbench.folder, "serve.sh"), "utf8")).includes("0.0.0.0"));
    await waitForTerminalText(page, /bash serve\.sh[\s\S]*bash serve\.sh/);
    await until(async () => (await statusBar(page).count()) === 0);
    await page.keyboard.press("Control+C");
  });

  it("is told of compose services that are started by name, once that has ended well", async () => {
    await typeInTerminal(page, `${stand.docker} compose up -d lab`);
    await waitForNotification(page, "Jupyter asks nobody to log in");
    await command(page, "Notifications: Clear All Notifications");
  });

  it("is told of a recipe of make", async () => {
    await typeInTerminal(page, "make serve");
    await waitForNotification(page, "Jupyter listens on every interface");
    await page.keyboard.press("Control+C");
    await command(page, "Notifications: Clear All Notifications");
  });

  it("is listed while it runs, for each of two terminals, and over a reload", async () => {
    await runInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0 --port=9101`);
    await waitForNotification(page, "Jupyter listens on every interface");
    await runInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0 --port=9102`);
    await showView(page);
    await running(page, "Jupyter :9101").waitFor();
    await running(page, "Jupyter :9102").waitFor();
    await screenshot(page, process.env.LAUNCH_GUARD_PICTURES ? "media/terminal.png" : "out/screenshots/running.png");
    await command(page, "Notifications: Clear All Notifications");
    await page.reload();
    await running(page, "Jupyter :9101").waitFor();
    await running(page, "Jupyter :9102").waitFor();
    // With what compose has started; a row moves while others still turn up.
    await running(page, "Running Now").filter({ hasText: "3" }).waitFor();
    assert.equal(await page.locator(".notification-toast").count(), 0);
    await running(page, "Jupyter :9102").hover();
    await running(page, "Jupyter :9102").getByRole("button", { name: "Stop" }).click();
    await running(page, "Jupyter :9102").waitFor({ state: "detached" });
    await running(page, "Jupyter :9101").waitFor();
  });

  it("reads 100 kB that are pasted at once", async () => {
    await command(page, "Terminal: Create New Terminal");
    await typeInTerminal(page, `: ${"x ".repeat(50_000)}; ${stand.jupyter} lab --ip=0.0.0.0 --port=9103`);
    await running(page, "Jupyter :9103").waitFor();
  });

  it("does not warn again about what its user has put up with, and the settings say so", async () => {
    await command(page, "Notifications: Clear All Notifications");
    await runInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0 --port=9104`);
    await (await waitForNotification(page, "Jupyter listens"))
      .getByRole("button", { name: "Don't Warn Again" })
      .click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "This command" }).click();
    await (await waitForNotification(page, "will not warn about that again"))
      .getByRole("button", { name: "Open Settings" })
      .click();
    await page.locator(".settings-editor", { hasText: "Ignored Commands" }).waitFor();
    await page.locator(".settings-editor").getByText("--port=9104").first().waitFor();
  });
});

describe("a real Jupyter that is exposed", () => {
  if (!python) return;
  let workbench, page, port;
  before(async () => {
    port = await freePort();
    workbench = await openWorkbench("examples", { settings: withShell("bash") });
    page = workbench.page;
  });
  after(() => workbench?.close());

  it("is stopped, and runs again on loopback only", async () => {
    const options = `--no-browser --allow-root --ServerApp.port_retries=0 --port=${port}`;
    await runInTerminal(page, `${join(python, "jupyter")} lab --ip=0.0.0.0 ${options}`);
    const told = await waitForNotification(page, "Jupyter listens on every interface");
    await until(async () => listeningOn(port).includes("00000000"));
    await told.getByRole("button", { name: "Run Safely Instead" }).click();
    await dialog(page).getByText(`jupyter lab ${options}`).waitFor();
    await dialog(page).getByRole("button", { name: "Run Safely" }).click();
    await until(async () => listeningOn(port).join() === "0100007F");
    await statusBar(page).waitFor({ state: "detached" });
    assert.equal((await fetch(`http://127.0.0.1:${port}/api`)).status, 200);
  });

  it("says why, on the rule's page", async () => {
    await runInTerminal(
      page,
      `${join(python, "jupyter")} lab --ip=0.0.0.0 --allow-root --no-browser --port=${port + 1}`,
    );
    await (await waitForNotification(page, "Jupyter listens on every interface"))
      .getByRole("button", { name: "Why?" })
      .click();
    await page.locator(".tab.active", { hasText: "public-bind" }).waitFor();
  });
});
