import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "mocha";
import { farMachine } from "../far.mjs";
import { portOf, run, says, showView, take } from "../tunnels.mjs";
import { command, openWorkbench, waitForEditorText } from "../workbench.mjs";

/** A tunnel that its user wants in each window: named once in the settings, and never opened by hand again. */
describe("a tunnel that opens by itself", () => {
  let far, web, workbench, page, name, local;
  before(async () => {
    far = await farMachine({ asks: false });
    far.trusted();
    web = createServer((_, response) => response.end("far away")).listen(0, "127.0.0.1");
    await once(web, "listening");
    name = `127.0.0.1:${web.address().port} on gpubox`;
    workbench = await openWorkbench("examples", {
      settings: {
        "launchGuard.tunnels.openIn": "none",
        "workbench.editor.useModal": "off",
        "editor.autoClosingBrackets": "never",
        "editor.autoClosingQuotes": "never",
      },
      machineSettings: { "launchGuard.tunnels.sshConfigFile": far.configFile },
    });
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    web?.close();
    await far?.stop();
  });

  it("is named in the settings", async () => {
    await showView(page);
    await run(page, "Open Tunnel…");
    await take(page, "gpubox");
    await take(page, `${web.address().port}`, "127.0.0.1");
    local = await portOf(page, name);
    await command(page, "Preferences: Open Settings (UI)");
    // This editor's extensions run on a machine of their own, whose settings these are.
    await page.locator(".settings-tabs-widget").getByText("Remote").click();
    await page.getByRole("button", { name: "Open Settings (JSON)" }).click();
    await waitForEditorText(page, "sshConfigFile");
    await page.keyboard.press("Control+A");
    // A bracket that is typed over a selection is put around it.
    await page.keyboard.press("Delete");
    const settings = { "launchGuard.tunnels.sshConfigFile": far.configFile, "launchGuard.tunnels.autostart": [name] };
    await page.keyboard.insertText(JSON.stringify(settings));
    await waitForEditorText(page, name);
    await page.keyboard.press("Control+S");
    await page.locator('.tab.active[data-resource-name="settings.json"]:not(.dirty)').waitFor();
  });

  it("is up in a window that shows neither our view nor a file that we read", async () => {
    // The window before a reload may stay behind for a while; it shall have no tunnel that could be shown instead.
    await run(page, "Stop");
    await take(page, name);
    await says(page, name, /closed/);
    await command(page, "View: Show Explorer");
    const before = far.connections();
    await page.reload();
    await page.locator(".statusbar").getByRole("button", { name: "Tunnels: 1 open, 0 broken" }).waitFor();
    await showView(page);
    assert.equal(await portOf(page, name), local);
    assert.ok(far.connections() > before);
    assert.equal(await (await fetch(`http://127.0.0.1:${local}/`)).text(), "far away");
  });
});
