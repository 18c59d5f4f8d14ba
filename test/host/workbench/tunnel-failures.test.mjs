import assert from "node:assert/strict";
import { once } from "node:events";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as listener } from "node:net";
import { after, before, describe, it } from "mocha";
import { farMachine, passphrase } from "../far.mjs";
import {
  answer,
  asked,
  box,
  copied,
  dialog,
  notifications,
  portOf,
  row,
  run,
  says,
  showView,
  take,
  told,
} from "../tunnels.mjs";
import { openWorkbench } from "../workbench.mjs";

/** What goes wrong is told once, with the button that helps; and what was kept is used only while it is right. */
describe("what goes wrong with a tunnel, by keys and clicks", () => {
  let far, web, workbench, page, name;
  before(async () => {
    far = await farMachine();
    far.trusted();
    web = createServer((_, response) => response.end("far away")).listen(0, "127.0.0.1");
    await once(web, "listening");
    name = `127.0.0.1:${web.address().port} on gpubox`;
    workbench = await openWorkbench("test/host/remote-launch", {
      settings: { "launchGuard.tunnels.openIn": "none" },
      machineSettings: {
        "launchGuard.tunnels.sshConfigFile": far.configFile,
        "launchGuard.tunnels.engine": "ssh2",
      },
    });
    page = workbench.page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await showView(page);
  });
  after(async () => {
    await workbench?.close();
    web?.close();
    await far?.stop();
  });

  it("tries again on the host that was chosen, once it is there", async () => {
    await far.goDown();
    await openTo("gpubox");
    const failure = await told(page, "Nothing accepts connections");
    await far.comeBack();
    await failure.getByRole("button", { name: "Try Again" }).click();
    // The host is not asked for again.
    await asked(page, "Passphrase");
  });

  it("asks for the passphrase anew after a reload, where nobody wanted it kept", async () => {
    await openTo("gpubox");
    await answer(page, "Passphrase", passphrase);
    await asked(page, "Open a tunnel to gpubox");
    await take(page, `${web.address().port}`, "127.0.0.1");
    await portOf(page, name);
    await page.reload();
    await says(page, name, /closed/);
    await row(page, name).click();
    await answer(page, "Passphrase", passphrase);
    await portOf(page, name);
  });

  it("copies the command that takes a changed key out of known_hosts", async () => {
    await far.goDown();
    await says(page, name, /reconnecting/);
    await far.comeBack({ key: far.makeKey("other"), name: "other" });
    await says(page, name, /failed/);
    const failure = await told(page, "ssh-keygen -R");
    assert.equal(await notifications(page), 1);
    await failure.getByRole("button", { name: "Copy Command" }).click();
    const command = await copied(page, /^ssh-keygen/);
    assert.equal(command, `ssh-keygen -R '[127.0.0.1]:${far.port}' -f ${far.knownHosts}`);
  });

  it("goes on with the system's ssh where only that can check the host", async () => {
    const [, type, key] = (await readFile(far.knownHosts, "utf8")).split(" ");
    await writeFile(far.knownHosts, `@cert-authority * ${type} ${key}`);
    await run(page, "Open Tunnel…");
    await take(page, "gpubox");
    await (await told(page, "certificate")).getByRole("button", { name: "Use the System's ssh" }).click();
    await dialog(page).getByText("gpubox").first().waitFor();
    await dialog(page).getByRole("button", { name: "Cancel", exact: true }).click();
    await told(page, "was not trusted");
  });

  it("gives up at once on a host that says nothing, where its user does", async () => {
    const silent = listener().listen(0, "127.0.0.1");
    try {
      await once(silent, "listening");
      const caught = once(silent, "connection");
      await appendFile(far.configFile, `Host silent\n  HostName 127.0.0.1\n  Port ${silent.address().port}\n`);
      await openTo("silent");
      const [connection] = await caught;
      const gone = once(connection.resume(), "close");
      await (await told(page, "silent")).getByRole("button", { name: "Cancel" }).click();
      await gone;
      await box(page).waitFor({ state: "hidden" });
    } finally {
      silent.close();
    }
  });

  it("opens the ssh config at a line that it does not understand", async () => {
    await appendFile(far.configFile, 'User "nobody\n');
    await run(page, "Open Tunnel…");
    await take(page, "config:", "/config:");
    await page.locator('.tab.active[data-resource-name="config"]').waitFor();
  });

  async function openTo(host) {
    await run(page, "Open Tunnel…");
    await take(page, host);
  }
});
