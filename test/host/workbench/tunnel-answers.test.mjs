import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, rename } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, it } from "mocha";
import { farMachine } from "../far.mjs";
import { asked, choose, copied, dialog, portOf, run, showView, take, told } from "../tunnels.mjs";
import { until } from "../until.mjs";
import { openWorkbench } from "../workbench.mjs";

/** What vLLM answers, as much of it as it is known by: vllm/entrypoints/openai/api_server.py. */
const answers = {
  "/version": { version: "0.8.0" },
  "/v1/models": { data: [{ id: "a-model", owned_by: "vllm" }] },
};

/** The less common answers to what a tunnel asks, and the less common ways to open what it leads to. */
describe("the other answers that a tunnel takes, by keys and clicks", () => {
  let far, web, vllm, workbench, page;
  before(async () => {
    far = await farMachine({ asks: false });
    web = await serving((_, response) => response.end("far away"));
    vllm = await serving(({ url }, response) => {
      response.writeHead(url in answers ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(answers[url] ?? {}));
    });
    workbench = await openWorkbench("examples", {
      settings: { "launchGuard.tunnels.openIn": "simpleBrowser" },
      machineSettings: { "launchGuard.tunnels.sshConfigFile": far.configFile, "launchGuard.tunnels.engine": "ssh2" },
    });
    page = workbench.page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    web?.close();
    vllm?.close();
    await far?.stop();
  });

  it("trusts a host once, and writes its key down nowhere", async () => {
    await openTo("gpubox");
    await dialog(page).getByRole("button", { name: "Trust Once" }).click();
    await asked(page, "Open a tunnel to gpubox");
    assert.equal(await readFile(far.knownHosts, "utf8").catch(() => ""), "");
  });

  it("opens a page in the editor's own browser", async () => {
    const { port } = web.address();
    await take(page, `${port}`, "127.0.0.1");
    await portOf(page, `127.0.0.1:${port} on gpubox`);
    const tab = page.locator(".tab", { hasText: "Simple Browser" });
    await tab.waitFor();
    await until(async () => {
      const texts = page.frames().map((frame) => frame.locator("body").textContent({ timeout: 1_000 }));
      return (await Promise.allSettled(texts)).some(({ value }) => value === "far away");
    });
    // A page takes the focus once it is loaded, also from a question.
    await tab.getByRole("button", { name: /^Close/ }).click();
    await tab.waitFor({ state: "detached" });
  });

  it("copies the address that clients of OpenAI take", async () => {
    await openTo("gpubox");
    await take(page, `${vllm.address().port}`, "vLLM");
    const local = await portOf(page, "vLLM on gpubox");
    await choose(page, "vLLM on gpubox", "Copy OPENAI_BASE_URL");
    assert.equal(await copied(page, /^OPENAI_BASE_URL=/), `OPENAI_BASE_URL=http://127.0.0.1:${local}/v1`);
  });

  it("shows the setting that names an ssh config which is not there", async () => {
    await rename(far.configFile, `${far.configFile}.away`);
    await run(page, "Open Tunnel…");
    await (await told(page, far.configFile)).getByRole("button", { name: "Open Settings" }).click();
    await page.getByText("Launch Guard › Tunnels: Ssh Config File").first().waitFor();
  });

  async function openTo(host) {
    await run(page, "Open Tunnel…");
    await take(page, host);
  }
});

async function serving(answer) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
