import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "mocha";
import { askingHost, badge, code } from "../asking-host.mjs";
import { asked, box, notifications, portOf, row, run, showView, take } from "../tunnels.mjs";
import { openWorkbench } from "../workbench.mjs";

/** A host with a second factor: it asks in words of its own, and each question is answered in the editor's box. */
for (const engine of ["ssh2", "openssh"])
  describe(`logging in to a host that asks for more than a password (${engine}), by keys`, () => {
    let host, web, workbench, page;
    before(async () => {
      host = await askingHost();
      web = createServer((_, response) => response.end("far away")).listen(0, "127.0.0.1");
      await once(web, "listening");
      workbench = await openWorkbench("examples", {
        settings: { "launchGuard.tunnels.openIn": "none" },
        machineSettings: {
          "launchGuard.tunnels.sshConfigFile": host.configFile,
          "launchGuard.tunnels.engine": engine,
        },
      });
      page = workbench.page;
      await showView(page);
    });
    after(async () => {
      await workbench?.close();
      web?.close();
      await host?.stop();
    });

    it("asks what the host asks, in its words, and leaves without a word when one gives up", async () => {
      await open();
      await question(badge, badge.fields[0]);
      await page.keyboard.press("Escape");
      await box(page).waitFor({ state: "hidden" });
      await page.locator(".notification-toast", { hasText: "codebox" }).waitFor({ state: "detached" });
      assert.deepEqual([await notifications(page), host.logins()], [0, 0]);
    });

    it("asks again after a wrong answer, and is in once each is right", async () => {
      await open();
      for (const field of badge.fields) await answer(badge, field, "0000");
      for (const field of badge.fields) await answer(badge, field);
      for (const field of code.fields) await answer(code, field);
      await asked(page, "Open a tunnel to codebox");
      assert.equal(host.logins(), 1);
    });

    it("needs no further answer for the tunnel, which is up", async () => {
      const { port } = web.address();
      await take(page, `${port}`, `127.0.0.1:${port}`);
      const local = await portOf(page, `127.0.0.1:${port} on codebox`);
      assert.equal(await (await fetch(`http://127.0.0.1:${local}/`)).text(), "far away");
      assert.equal(host.logins(), 1);
      assert.equal(await row(page, "codebox").count(), 1);
    });

    async function open() {
      await run(page, "Open Tunnel…");
      await take(page, "codebox");
    }

    async function answer(from, field, text = field.answer) {
      await question(from, field);
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    }

    /** OpenSSH says title and instructions once, before the first field, and not whether an answer may be shown. */
    async function question({ title, instructions, fields }, field) {
      await box(page).getByText(field.prompt.trim()).waitFor();
      const shown = await box(page).innerText();
      const said = engine === "ssh2" || field === fields[0] ? [title, instructions] : [];
      for (const words of ["codebox", ...said]) assert.ok(shown.includes(words), shown);
      const type = engine === "ssh2" && field.echo ? "text" : "password";
      await box(page).locator(`.quick-input-box input[type=${type}]:focus`).waitFor();
    }
  });
