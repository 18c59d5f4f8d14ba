import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "mocha";
import { commandLineOf, farMachine, passphrase, processesWith } from "../far.mjs";
import { answer, asked, box, dialog, portOf, run, says, showView, take, up } from "../tunnels.mjs";
import { until } from "../until.mjs";
import { openFile, openWorkbench, quickFix, waitForSquiggle } from "../workbench.mjs";

/** What becomes of tunnels when windows come and go, and who may name a host. */
describe("tunnels over windows and workspaces, by keys and clicks", () => {
  let far, web, port, name;
  before(async () => {
    far = await farMachine();
    far.trusted();
    web = createServer((_, response) => response.end("far away")).listen(0, "127.0.0.1");
    await once(web, "listening");
    port = web.address().port;
    name = `127.0.0.1:${port} on gpubox`;
  });
  after(async () => {
    web?.close();
    await far?.stop();
  });

  describe("a second window", () => {
    let workbench, first, second, local;
    before(async () => {
      workbench = await open("examples", {});
      first = workbench.page;
      await openTo(first);
      local = await portOf(first, name);
      second = await first.context().newPage();
      await second.goto(first.url());
      await showView(second);
    });
    after(() => workbench?.close());

    it("shows the tunnel of the first one", async () => {
      assert.equal(await portOf(second, name), local);
      await says(second, name, /another window/);
    });

    it("uses it, and takes it over on the same port when the first one closes", async () => {
      await first.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await run(second, "Copy URL");
      await take(second, name);
      await second.locator(".statusbar", { hasText: "Copied" }).waitFor();
      await first.close();
      // Its own passphrase, because the first window's memory went with it.
      await answer(second, "Passphrase", passphrase);
      await second.waitForFunction(
        (text) =>
          [...document.querySelectorAll(".pane-body .monaco-list-row")].some(
            (row) => row.textContent.includes(text) && !row.textContent.includes("another window"),
          ),
        name,
      );
      assert.equal(await portOf(second, name), local);
      assert.equal(await get(local), "far away");
    });
  });

  for (const engine of ["ssh2", "openssh"])
    it(`leaves nothing of ours when the extension host is killed (${engine})`, async () => {
      const mark = `${far.path}-${engine}`;
      const workbench = await open("examples", { env: { LAUNCH_GUARD_MARK: mark }, engine });
      try {
        await openTo(workbench.page);
        const local = await portOf(workbench.page, name);
        assert.equal(await get(local), "far away");
        const ssh = () => processesWith(mark).filter((pid) => /(^|\/)ssh /.test(commandLineOf(pid)));
        assert.equal(ssh().length > 0, engine === "openssh");
        const [host] = processesWith(mark).filter((pid) => commandLineOf(pid).includes("type=extensionHost"));
        process.kill(host, "SIGKILL");
        await until(async () => ssh().length === 0 && (await get(local).catch(() => undefined)) === undefined);
      } finally {
        await workbench.close();
      }
    });

  it("connects to a host that a file names only after its user was asked about that host", async () => {
    const workbench = await open("test/host/remote-launch", {});
    const { page } = workbench;
    try {
      const before = far.connections();
      await reachThroughTunnel(page);
      await dialog(page).getByText("Connect to gpubox?").waitFor();
      assert.equal(far.connections(), before);
      await dialog(page).getByRole("button", { name: "Connect to gpubox" }).click();
      await answer(page, "Passphrase", passphrase);
      await asked(page, "Open a tunnel to gpubox");
      await box(page).getByText("nothing listens there yet").waitFor();
    } finally {
      await workbench.close();
    }
  });

  it("lets an untrusted workspace name no host", async () => {
    const workbench = await open("test/host/remote-launch", { workspaceTrust: true });
    const { page } = workbench;
    try {
      const before = far.connections();
      await reachThroughTunnel(page);
      await asked(page, "Open a Tunnel");
      assert.equal(await dialog(page).count(), 0);
      assert.equal(far.connections(), before);
    } finally {
      await workbench.close();
    }
  });

  async function reachThroughTunnel(page) {
    await openFile(page, "start.sh");
    await quickFix(page, "Keep it on loopback and reach it through a tunnel", await waitForSquiggle(page));
  }

  /** Opens the view of a window on a folder. */
  async function open(folder, { env, engine = "auto", ...options }) {
    const workbench = await openWorkbench(folder, {
      settings: { "launchGuard.tunnels.openIn": "none" },
      machineSettings: {
        "launchGuard.tunnels.sshConfigFile": far.configFile,
        "launchGuard.tunnels.engine": engine,
      },
      env,
      ...options,
    });
    await showView(workbench.page);
    return workbench;
  }

  async function openTo(page) {
    await run(page, "Open Tunnel…");
    await take(page, "gpubox");
    await answer(page, "Passphrase", passphrase);
    await asked(page, "Open a tunnel to gpubox");
    await take(page, `${port}`, `127.0.0.1:${port}`);
    await says(page, name, up);
  }
});

async function get(port) {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}
