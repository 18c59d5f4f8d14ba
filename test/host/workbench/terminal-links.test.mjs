import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { pythonPrograms } from "../far.mjs";
import { freePort, statusBar, withShell } from "../terminals.mjs";
import { copied, told } from "../tunnels.mjs";
import { until } from "../until.mjs";
import {
  clickAt,
  command,
  openWorkbench,
  pointAt,
  pressInTerminal,
  runInTerminal,
  typeInTerminal,
  waitForNotification,
  waitForTerminalText,
} from "../workbench.mjs";

const python = pythonPrograms();

/** What a real JupyterLab prints at its start, clicked as it stands in the terminal. */
describe("the address with a token that a server prints", () => {
  if (!python) return;
  let workbench, page, port, token;
  before(async () => {
    port = await freePort();
    workbench = await openWorkbench("examples", {
      settings: withShell("bash"),
      size: { width: 1600, height: 900 },
    });
    page = workbench.page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await runInTerminal(page, `${join(python, "jupyter")} lab --ip=0.0.0.0 --allow-root --no-browser --port=${port}`);
    await waitForNotification(page, "Jupyter listens on every interface");
    await command(page, "Notifications: Clear All Notifications");
    // The last thing that it says by itself: before that, lines move away from under the mouse.
    await waitForTerminalText(page, "Skipped non-installed server(s)");
    [, token] = /token=([0-9a-f]{48})/.exec(await address().innerText());
  });
  after(() => workbench?.close());

  it("is offered to be opened safely", async () => {
    await pointAt(page, address());
    await page.locator(".workbench-hover", { hasText: "Open safely" }).waitFor();
  });

  it("opens without its token, which is on the clipboard", async () => {
    const opened = page.context().waitForEvent("page");
    await page.keyboard.down("Control");
    await clickAt(page, address());
    await page.keyboard.up("Control");
    const other = await opened;
    // code-server leads to the ports of its machine by its own server.
    await other.waitForURL((url) => url.href.endsWith(`/proxy/${port}/lab`));
    await other.close();
    await told(page, "The token is on the clipboard");
    assert.equal(await copied(page, /^[0-9a-f]{48}$/), token);
  });

  it("leaves the token in no history, and in nothing that the editor has written", async () => {
    // The first one only asks.
    await pressInTerminal(page, "Control+C");
    await waitForTerminalText(page, "Shut down this Jupyter server");
    await pressInTerminal(page, "Control+C");
    await statusBar(page).waitFor({ state: "detached" });
    const history = join(workbench.home, "home", ".bash_history");
    await typeInTerminal(page, "history -w");
    await until(async () => (await textOf(history)).includes("jupyter"));
    const files = await filesIn(join(workbench.home, "data"));
    const logs = files.filter((file) => /launch-guard/i.test(file) && file.endsWith(".log"));
    assert.ok(logs.length > 0, files.join("\n"));
    for (const file of [history, ...files]) assert.equal((await textOf(file)).includes(token), false, file);
  });

  /** The last line with it, which names the loopback address. */
  function address() {
    return page
      .locator(".terminal-wrapper.active .xterm-rows > div", { hasText: `127.0.0.1:${port}/lab?token=` })
      .last();
  }
});

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** A file may not have been written yet. */
function textOf(file) {
  return readFile(file, "latin1").catch(() => "");
}
