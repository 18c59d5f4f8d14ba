import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { farMachine, openListeners, passphrase, pythonPrograms } from "../far.mjs";
import { command, openWorkbench, screenshot } from "../workbench.mjs";

const python = pythonPrograms();

const remotePort = 18_900 + (process.pid % 90);

/** A person who has never used an ssh flag, with a host in their ssh config and a Jupyter that runs there. */
describe("a tunnel to a real Jupyter, by keys and clicks", () => {
  if (!python) return;
  let far;
  let workbench;
  let page;
  before(async () => {
    far = await farMachine();
    const options = ["--no-browser", "--allow-root", `--ServerApp.port=${remotePort}`, "--ServerApp.port_retries=0"];
    const url = `http://127.0.0.1:${remotePort}/api`;
    await far.run(join(python, "jupyter"), ["lab", ...options], { url });
    workbench = await openWorkbench("examples", {
      settings: { "launchGuard.tunnels.openIn": "none" },
      machineSettings: { "launchGuard.tunnels.sshConfigFile": far.configFile },
    });
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await far?.stop();
  });

  const row = () => page.locator(".pane-body .monaco-list-row", { hasText: "Jupyter on gpubox" });
  const dialog = () => page.locator(".monaco-dialog-box");
  const box = () => page.locator(".quick-input-widget");

  it("shows first steps before there is a tunnel", async () => {
    await page.locator(".activitybar").getByLabel("Launch Guard").first().click();
    await page.locator(".welcome-view-content", { hasText: "tunnel" }).first().waitFor();
  });

  it("offers the hosts of the ssh config", async () => {
    await command(page, "Launch Guard: Open Tunnel…");
    await box().locator(".monaco-list-row", { hasText: "gpubox" }).waitFor();
    await box().locator("input:focus").waitFor();
    await page.keyboard.type("gpubox");
    await page.keyboard.press("Enter");
  });

  it("asks about the unknown host key in a modal whose Enter does no harm", async () => {
    await dialog().waitFor();
    const text = await dialog().innerText();
    assert.match(text, /gpubox/);
    assert.ok(text.includes(far.fingerprint), text);
    await page.keyboard.press("Enter");
    // Copying the fingerprint asks again.
    await dialog().getByText("Trust and Remember").waitFor();
    await dialog().getByRole("button", { name: "Trust and Remember" }).click();
  });

  it("asks for the passphrase, hidden, and again after a wrong one", async () => {
    await box().locator("input[type=password]:focus").waitFor();
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await box().getByText("That was not right. The passphrase of").waitFor();
    await page.keyboard.type(passphrase);
    await page.keyboard.press("Enter");
  });

  it("lists the Jupyter that runs there, and opens it", async () => {
    const found = box().locator(".monaco-list-row", { hasText: `127.0.0.1:${remotePort}` });
    await found.waitFor();
    assert.match(await found.innerText(), /Jupyter/);
    if (process.env.LAUNCH_GUARD_PICTURES) await screenshot(page, "media/picker.png");
    await found.click();
    await row().waitFor();
    await page.waitForFunction(upRow, "Jupyter on gpubox");
  });

  it("leads to the real Jupyter, on loopback only, and remembers the host key", async () => {
    const port = await localPort();
    const answer = await (await fetch(`http://127.0.0.1:${port}/api`)).json();
    assert.match(answer.version, /^2\./);
    assert.deepEqual(
      openListeners().filter((local) => local.endsWith(`:${port.toString(16).toUpperCase()}`)),
      [],
    );
    assert.match(await readFile(far.knownHosts, "utf8"), /ssh-ed25519/);
  });

  it("shows that the host is gone, and is up again on the same port when it is back", async () => {
    const port = await localPort();
    await far.goDown();
    await page.waitForFunction(rowSays, ["Jupyter on gpubox", "reconnecting"]);
    await far.comeBack();
    await page.waitForFunction(upRow, "Jupyter on gpubox");
    assert.equal(await localPort(), port);
  });

  it("refuses a changed host key, and says why", async () => {
    await far.goDown();
    await page.waitForFunction(rowSays, ["Jupyter on gpubox", "reconnecting"]);
    await far.comeBack({ key: far.makeKey("other"), name: "other" });
    await page.waitForFunction(rowSays, ["Jupyter on gpubox", "failed"]);
    await page.locator(".notification-toast", { hasText: "ssh-keygen -R" }).first().waitFor();
  });

  it("keeps the tunnel over a reload", async () => {
    await page.reload();
    await row().waitFor();
    assert.match(await row().innerText(), /closed/);
  });

  async function localPort() {
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(await row().innerText()) ?? [];
    return Number(port);
  }
});

/** Run in the page. */
function rowSays([name, text]) {
  const rows = [...document.querySelectorAll(".pane-body .monaco-list-row")];
  return rows.some((row) => row.textContent.includes(name) && row.textContent.includes(text));
}

/** Run in the page: while a tunnel is up its row says since when. */
function upRow(name) {
  const rows = [...document.querySelectorAll(".pane-body .monaco-list-row")];
  return rows.some(
    (row) => row.textContent.includes(name) && /127\.0\.0\.1:\d+ · (up|\d+ (s|min))/.test(row.textContent),
  );
}
