import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { listeningOn, pythonPrograms } from "../far.mjs";
import { asked, box, dialog, run, showView, told } from "../tunnels.mjs";
import { until } from "../until.mjs";
import { openWorkbench, screenshot, waitForTerminalText } from "../workbench.mjs";

/** An exposed JupyterLab on this very machine, found and ended as a person would. */
describe("what listens on this machine, by keys and clicks", () => {
  const programs = pythonPrograms();
  let workbench, page, home, jupyter, port;
  before(async () => {
    if (!programs) return;
    home = await mkdtemp(join(tmpdir(), "launch-guard-machine-"));
    await startJupyter();
    workbench = await openWorkbench("examples");
    page = workbench.page;
    // Our commands are in the palette as soon as our view is there.
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    jupyter?.kill("SIGKILL");
    if (home) await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it("shows the server with what is wrong with it, and stops it", async () => {
    if (!programs) return;
    assert.deepEqual(listeningOn(port), ["00000000"]);
    await run(page, "What Is Listening Here?");
    await asked(page, "What is listening on this machine");
    const item = box(page).locator(".monaco-list-row", { hasText: `127.0.0.1:${port}` });
    await item.getByText("the network can reach it").waitFor();
    await screenshot(page, "out/screenshots/machine-list.png");

    await item.hover();
    await item.getByRole("button", { name: "Stop", exact: true }).click();
    await dialog(page).getByText(`127.0.0.1:${port}, process ${jupyter.pid}?`).waitFor();
    await screenshot(page, "out/screenshots/machine-stop.png");
    await dialog(page).getByRole("button", { name: "Stop", exact: true }).click();
    await told(page, `nothing of it listens on 127.0.0.1:${port} any more`);
    assert.deepEqual(listeningOn(port), []);
    await screenshot(page, "out/screenshots/machine-stopped.png");
  });

  it("starts it again on loopback only, by the line that was shown", async () => {
    if (!programs) return;
    await startJupyter();
    await run(page, "What Is Listening Here?");
    const item = box(page).locator(".monaco-list-row", { hasText: `127.0.0.1:${port}` });
    await item.hover();
    await item.getByRole("button", { name: "Restart on Loopback" }).click();
    await dialog(page).getByText("jupyter-lab --port=0 --no-browser --allow-root").waitFor();
    await screenshot(page, "out/screenshots/machine-restart.png");
    await dialog(page).getByRole("button", { name: "Restart on Loopback" }).click();
    await waitForTerminalText(page, /127\.0\.0\.1:\d+\/lab/);
    const printed = await page.locator(".terminal-wrapper.active .xterm-rows").first().innerText();
    const [, again] = /127\.0\.0\.1:(\d+)\/lab/.exec(printed.replace(/\s/g, "")) ?? [];
    await until(() => listeningOn(Number(again)).length > 0);
    assert.deepEqual(listeningOn(Number(again)), ["0100007F"]);
    assert.equal(listeningOn(port).includes("00000000"), false);
  });

  async function startJupyter() {
    jupyter = spawn(
      join(programs, "jupyter-lab"),
      ["--ip=0.0.0.0", "--port=0", "--no-browser", "--allow-root", "--IdentityProvider.token="],
      { cwd: home, env: { PATH: process.env.PATH, HOME: home, TMPDIR: home }, stdio: ["ignore", "ignore", "pipe"] },
    );
    port = await portOf(jupyter);
  }
});

/** The port that it says it gets; it listens there a moment later. */
async function portOf({ stderr }) {
  let said = "";
  const read = (async () => {
    for await (const chunk of stderr.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      said += chunk;
      const [, found] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said) ?? [];
      if (found) return Number(found);
    }
    throw new Error(`JupyterLab did not start: ${said}`);
  })();
  const port = await read;
  stderr.resume();
  const isThere = () =>
    fetch(`http://127.0.0.1:${port}/api`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isThere);
  return port;
}
