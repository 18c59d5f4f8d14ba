import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { farMachine, passphrase, pythonPrograms } from "../far.mjs";
import {
  answer,
  asked,
  box,
  choose,
  clipboard,
  copied,
  portOf,
  row,
  run,
  says,
  showView,
  take,
  told,
  trust,
} from "../tunnels.mjs";
import { openWorkbench, screenshot, waitForTerminalText } from "../workbench.mjs";

/** Every command, its whole path, as a person goes it: by the palette, by keys, by menus. */
describe("the commands of tunnels, by keys and clicks", () => {
  let far, workbench, page, web, port;
  before(async () => {
    far = await farMachine();
    web = [await webServer(0), await webServer(join(far.home, "web.sock"))];
    port = web[0].address().port;
    workbench = await openWorkbench("examples", {
      settings: { "launchGuard.tunnels.openIn": "none" },
      machineSettings: { "launchGuard.tunnels.sshConfigFile": far.configFile },
    });
    page = workbench.page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    for (const server of web ?? []) server.close();
    await far?.stop();
  });

  it("connects to a host that is typed, and keeps the passphrase where its user asks for that", async () => {
    await run(page, "Open Tunnel…");
    await take(page, `${far.user}@gpubox`, "Connect to this host");
    await trust(page);
    await box(page).getByRole("button", { name: "Remember in the system's keychain" }).click();
    await answer(page, "Passphrase", passphrase);
    await asked(page, `Open a tunnel to ${far.user}@gpubox`);
  });

  it("goes back to the hosts, and cancels at each step", async () => {
    await box(page).getByRole("button", { name: "Back" }).click();
    await asked(page, "Open a Tunnel");
    await page.keyboard.press("Escape");
    await box(page).waitFor({ state: "hidden" });
    await run(page, "Open Tunnel…");
    await take(page, "gpu", "gpubox");
    await asked(page, "Open a tunnel to gpubox");
    await page.keyboard.press("Escape");
    await box(page).waitFor({ state: "hidden" });
    assert.equal(await row(page, "gpubox").count(), 0);
  });

  it("opens a tunnel to a port, and one to a unix socket", async () => {
    await openTo(`${port}`, `127.0.0.1:${port}`);
    assert.match(await get(await portOf(page, `127.0.0.1:${port} on gpubox`)), /far away/);
    await openTo(join(far.home, "web.sock"), "web.sock");
    assert.match(await get(await portOf(page, "web.sock on gpubox")), /far away/);
  });

  it("copies the URL, and renames, from the row's menu", async () => {
    const local = await portOf(page, `127.0.0.1:${port} on gpubox`);
    await choose(page, `127.0.0.1:${port} on gpubox`, "Copy URL");
    await page.locator(".statusbar", { hasText: "Copied" }).waitFor();
    assert.equal(await clipboard(page), `http://127.0.0.1:${local}/`);
    await choose(page, `127.0.0.1:${port} on gpubox`, "Rename");
    await answer(page, "Rename", "my page");
    await says(page, "my page", /gpubox/);
  });

  it("stops, reconnects and restarts one, and stops all", async () => {
    const local = await portOf(page, "my page");
    await run(page, "Stop");
    await take(page, "my page");
    await says(page, "my page", /closed/);
    await assert.rejects(get(local));
    await run(page, "Reconnect");
    await take(page, "my page");
    assert.equal(await portOf(page, "my page"), local);
    await run(page, "Restart");
    await take(page, "my page");
    assert.equal(await portOf(page, "my page"), local);
    await run(page, "Stop All");
    await says(page, "my page", /closed/);
    await says(page, "web.sock", /closed/);
  });

  it("starts a real MLflow, which no page of another site gets at", async () => {
    if (!pythonPrograms()) return;
    await run(page, "Start Remote MLflow…");
    await take(page, "gpubox");
    await asked(page, "Start MLflow on a Host");
    await box(page).getByText("The folder on gpubox").waitFor();
    await box(page).getByRole("button", { name: "Back" }).click();
    await startOnGpubox();
    const local = await portOf(page, "MLflow on gpubox", 90_000);
    assert.match(await get(local, "/version"), /^\d+\.\d+/);
    await assert.rejects(get(local, "/version", { origin: "https://evil.example" }), /403/);
  });

  it("starts a real TensorBoard, which no page of another site gets at", async () => {
    if (!pythonPrograms()) return;
    await run(page, "Start Remote TensorBoard…");
    await startOnGpubox();
    const local = await portOf(page, "TensorBoard on gpubox", 90_000);
    assert.match(await get(local, "/data/environment"), new RegExp(`"data_location": ?"${far.home}"`));
    await assert.rejects(get(local, "/data/environment", { origin: "https://evil.example" }), /403/);
  });

  it("starts a real Jupyter, and gives its token to who asks for it", async () => {
    if (!pythonPrograms()) return;
    await run(page, "Start Remote Jupyter…");
    await startOnGpubox();
    const local = await portOf(page, "Jupyter on gpubox");
    const [popup] = await Promise.all([
      page.context().waitForEvent("page"),
      choose(page, "Jupyter on gpubox", "Open in Browser"),
    ]);
    // This editor leads ports of its own machine through itself.
    assert.ok(popup.url().includes(`/${local}/`), popup.url());
    await popup.close();
    await (await told(page, "may ask for its token")).getByRole("button", { name: "Copy Token" }).click();
    const token = await copied(page, /^[0-9a-f]{48}$/);
    assert.match(await get(local, "/api/status", { authorization: `token ${token}` }), /started/);
    if (process.env.LAUNCH_GUARD_PICTURES) await pictureOfView();
  });

  it("shows what listens on a host, and who can reach it", async () => {
    await run(page, "Audit Remote Host");
    await take(page, "gpubox");
    const preview = page.frameLocator("iframe.webview").frameLocator("iframe");
    await preview.getByText("What listens on gpubox").waitFor();
  });

  it("reveals the log, which knows no secret", async () => {
    await run(page, "Reveal Log");
    await page.locator(".output-view-container, .monaco-editor[data-uri^='output']").first().waitFor();
  });

  it("forgets a tunnel", async () => {
    await choose(page, "my page", "Forget Saved Tunnel");
    await row(page, "my page").waitFor({ state: "detached" });
  });

  it("forgets a trusted host by the command that takes its key out of known_hosts", async () => {
    await run(page, "Forget Trusted Host");
    await take(page, "gpubox");
    await waitForTerminalText(page, /ssh-keygen.*-R/);
    assert.match(await readFile(far.knownHosts, "utf8"), /ssh-ed25519/);
    await page.locator(".terminal-wrapper.active .xterm").click();
    await page.keyboard.press("Enter");
    await waitForTerminalText(page, "updated");
    assert.equal(await readFile(far.knownHosts, "utf8"), "");
  });

  async function pictureOfView() {
    await row(page, "Jupyter on gpubox").hover();
    await page.locator(".monaco-hover:visible", { hasText: "Cipher" }).waitFor();
    await screenshot(page, "media/view.png", { x: 0, y: 36, width: 740, height: 330 });
  }

  async function openTo(text, label) {
    await run(page, "Open Tunnel…");
    await take(page, "gpubox");
    await asked(page, "Open a tunnel to gpubox");
    await take(page, text, label);
  }

  async function startOnGpubox() {
    await take(page, "gpubox");
    await box(page).getByText("The folder on gpubox").waitFor();
    await page.keyboard.press("Enter");
  }
});

async function webServer(where) {
  const server = createServer((_, response) => response.end("far away"));
  server.listen(typeof where === "string" ? { path: where } : { port: where, host: "127.0.0.1" });
  await once(server, "listening");
  return server;
}

async function get(port, path = "/", headers = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}
