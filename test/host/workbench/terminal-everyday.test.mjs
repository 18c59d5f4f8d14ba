import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { standIn, statusBar, withShell } from "../terminals.mjs";
import { openWorkbench, runInTerminal, typeInTerminal, waitForNotification } from "../workbench.mjs";

const list = new URL("../../terminal/everyday.txt", import.meta.url);

/**
 * How each shell is made to do no harm: in an empty home, with programs that do nothing, and without those that it has
 * itself. Its prompts are numbered, so that the end of a command can be seen; fish's stands where VS Code's own calls it.
 */
const preparations = {
  bash: (home) => `cd ${home}; HOME=${home} PATH=${home}/idle:$PATH; kill() { :; }; PS1='$((++prompts))> '`,
  zsh: (home) =>
    `cd ${home}; HOME=${home} PATH=${home}/idle:$PATH; kill() { :; }; setopt prompt_subst; PS1='$((++prompts))> '`,
  fish: (home) =>
    `cd ${home}; set -x HOME ${home}; set -x PATH ${home}/idle $PATH; function kill; end; set -g prompts 0; ` +
    `function __vsc_fish_prompt; set -g prompts (math $prompts + 1); echo -n "$prompts> "; end`,
};

/** Typed one by one, each when the one before has ended. What they name does nothing here, and takes a moment for it. */
for (const [shell, prepare] of Object.entries(preparations))
  describe(`everyday commands, typed into a real ${shell}`, () => {
    let workbench, page, home, stand, commands;
    before(async () => {
      const all = (await readFile(list, "utf8")).trim().split("\n");
      // One shell has them all; the others have what could be mistaken for more, in words that they understand.
      commands = shell === "bash" ? all : all.filter((line) => suspicious.test(line) && !/; do |<<</.test(line));
      home = await mkdtemp(join(tmpdir(), "everyday-"));
      await makeIdle(join(home, "idle"), commands);
      stand = await standIn();
      workbench = await openWorkbench("examples", {
        settings: { ...withShell(shell), "launchGuard.terminal.notify": "warning" },
      });
      page = workbench.page;
    });
    after(async () => {
      await workbench?.close();
      await stand?.remove();
      await rm(home, { recursive: true, force: true });
    });

    it("make no sound", async function () {
      this.timeout(240_000);
      await runInTerminal(page, prepare(home));
      let prompts = await nextPrompt(page, 0);
      const loud = [];
      for (const line of commands) {
        await typeInTerminal(page, line);
        prompts = await nextPrompt(page, prompts);
        if ((await sounds(page)) > 0) loud.push(line);
      }
      assert.deepEqual(loud, []);
    });

    it("leave the next one to be told", async () => {
      await typeInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0`);
      await waitForNotification(page, "Jupyter listens on every interface");
      await page.keyboard.press("Control+C");
      await statusBar(page).waitFor({ state: "detached" });
    });
  });

const suspicious = /0\.0\.0\.0|jupyter|mlflow|vllm|\bray\b|tensorboard|docker|kubectl|ssh/;

/** Every word of the commands as a program, whether it is one or not. VS Code reads with `sed` what is typed in bash. */
async function makeIdle(folder, commands) {
  await mkdir(folder);
  const words = new Set(commands.flatMap((line) => line.match(/(?<=^|\s)[a-z][\w.-]*(?=\s|$)/g) ?? []));
  words.delete("sed");
  const script = "#!/bin/sh\nexec /bin/sleep 0.1\n";
  await Promise.all([...words].map((word) => writeFile(join(folder, word), script, { mode: 0o755 })));
}

/** Waits for a prompt with a higher number and nothing behind it, and returns the number. */
async function nextPrompt(page, last) {
  const shown = await page.waitForFunction(promptAfter, last);
  return shown.jsonValue();
}

/** Run in the page. */
function promptAfter(last) {
  const rows = [...document.querySelectorAll(".terminal-wrapper.active .xterm-rows > div")];
  const line = rows.map((row) => row.textContent.replaceAll("\u00a0", " ").trim()).findLast((text) => text !== "");
  const number = Number(/^(\d+)>$/.exec(line ?? "")?.[1]);
  return number > last ? number : undefined;
}

async function sounds(page) {
  return (await page.locator(".notification-toast").count()) + (await statusBar(page).count());
}
