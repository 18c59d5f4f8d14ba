import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { farMachine, listeningOn, pythonPrograms } from "../far.mjs";
import { freePort, running, statusBar } from "../terminals.mjs";
import { box, dialog, portOf, showView } from "../tunnels.mjs";
import { until } from "../until.mjs";
import { openWorkbench, runInTerminal, waitForNotification } from "../workbench.mjs";

const python = pythonPrograms();

/** What is typed behind `ssh HOST`: the real client, with a real sshd and real servers at the other end. */
describe("a server that ssh exposes on a host", () => {
  if (!python) return;
  let far, programs, workbench, page;
  before(async () => {
    far = await farMachine({ asks: false });
    far.trusted();
    programs = await mkdtemp(join(tmpdir(), "ssh-"));
    // The user's own configuration, which ssh looks for in the home of the password database.
    await writeFile(join(programs, "ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F ${far.configFile} "$@"\n`, { mode: 0o755 });
    workbench = await openWorkbench("examples", {
      settings: {
        "launchGuard.tunnels.openIn": "none",
        "terminal.integrated.env.linux": { PATH: `${programs}:${process.env.PATH}` },
      },
      machineSettings: { "launchGuard.tunnels.sshConfigFile": far.configFile },
    });
    page = workbench.page;
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    await far?.stop();
    if (programs) await rm(programs, { recursive: true, force: true });
  });

  it("runs there on loopback instead, and is reached through a tunnel", async () => {
    const port = await freePort();
    const options = `--no-browser --allow-root --ServerApp.port_retries=0 --port=${port}`;
    await runInTerminal(page, `ssh gpubox jupyter lab --ip=0.0.0.0 ${options}`);
    const told = await waitForNotification(page, "It runs on gpubox");
    await until(async () => listeningOn(port).includes("00000000"));
    await told.getByRole("button", { name: "Open a Tunnel Instead" }).click();
    await dialog(page).getByText(`ssh gpubox jupyter lab ${options}`).waitFor();
    await dialog(page).getByRole("button", { name: "Run Safely" }).click();
    // Both machines are one here: the tunnel would take the port before the server has it.
    await until(async () => listeningOn(port).join() === "0100007F");
    await box(page)
      .locator(".monaco-list-row", { hasText: `127.0.0.1:${port}` })
      .click();
    const local = await portOf(page, "Jupyter on gpubox");
    const answer = await fetch(`http://127.0.0.1:${local}/api`);
    assert.match((await answer.json()).version, /^2\./);
    assert.deepEqual([...new Set(listeningOn(local))], ["0100007F"]);
    assert.equal(await statusBar(page).count(), 0);
  });

  it("runs there on loopback instead, where its tool has no command that ends it", async () => {
    const port = await freePort();
    await runInTerminal(page, `ssh gpubox mlflow server --host 0.0.0.0 --port ${port}`);
    await until(async () => listeningOn(port).includes("00000000"));
    const launch = running(page, `MLflow :${port}gpubox`);
    await launch.hover();
    await launch.getByRole("button", { name: "Run Safely Instead" }).click();
    await dialog(page).getByRole("button", { name: "Run Safely" }).click();
    await until(async () => listeningOn(port).join() === "0100007F");
  });
});
