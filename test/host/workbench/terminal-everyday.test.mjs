import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { standIn, statusBar } from "../terminals.mjs";
import { command, openWorkbench, typeInTerminal, waitForNotification } from "../workbench.mjs";

const list = new URL("../../terminal/everyday.txt", import.meta.url);

/**
 * How each shell is made to do no harm: in an empty home, with programs that do nothing, and without those that it has
 * itself. Its prompts are numbered, so that the end of a command can be seen.
 */
const preparations = {
  bash: (home) => `cd ${home}; HOME=${home} PATH=${home}/idle:$PATH; kill() { :; }; PS1='$((++prompts))> '`,
  zsh: (home) =>
    `cd ${home}; HOME=${home} PATH=${home}/idle:$PATH; kill() { :; }; setopt prompt_subst; PS1='$((++prompts))> '`,
  fish: (home) =>
    `cd ${home}; set -x HOME ${home}; set -x PATH ${home}/idle $PATH; function kill; end; set -g prompts 0; ` +
    `function fish_prompt; set -g prompts (math $prompts + 1); echo -n "$prompts> "; end`,
};

/** Typed one by one, each when the one before has ended. What they name does nothing here, and takes a moment for it. */
describe("everyday commands, typed into real terminals", () => {
  let workbench, page, home, stand, commands;
  before(async () => {
    commands = (await readFile(list, "utf8")).trim().split("\n");
    home = await mkdtemp(join(tmpdir(), "everyday-"));
    await makeIdle(join(home, "idle"), commands);
    stand = await standIn();
    const profiles = Object.fromEntries(Object.keys(preparations).map((shell) => [shell, { path: shell }]));
    workbench = await openWorkbench("examples", {
      settings: { "terminal.integrated.profiles.linux": profiles, "launchGuard.terminal.notify": "warning" },
    });
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await stand?.remove();
    await rm(home, { recursive: true, force: true });
  });

  for (const [shell, prepare] of Object.entries(preparations))
    it(`make no sound in ${shell}, where an exposed launch does`, async function () {
      this.timeout(240_000);
      await command(page, "Terminal: Create New Terminal (With Profile)");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: shell }).first().click();
      await page.locator(".terminal-wrapper.active .xterm.focus .xterm-rows", { hasText: /[#$%>]/ }).waitFor();
      await typeInTerminal(page, prepare(home));
      let prompts = await nextPrompt(page, 0);

      const loud = [];
      for (const line of commands) {
        // fish has other loops, and no here-strings.
        if (shell === "fish" && /; do |<<</.test(line)) continue;
        await typeInTerminal(page, line);
        prompts = await nextPrompt(page, prompts);
        if ((await sounds(page)) > 0) loud.push(line);
      }
      assert.deepEqual(loud, []);

      await typeInTerminal(page, `${stand.jupyter} lab --ip=0.0.0.0`);
      await waitForNotification(page, "Jupyter listens on every interface");
      await page.keyboard.press("Control+C");
      await statusBar(page).waitFor({ state: "detached" });
      await command(page, "Notifications: Clear All Notifications");
    });
});

/** Every word of the commands as a program, whether it is one or not. */
async function makeIdle(folder, commands) {
  await mkdir(folder);
  const words = new Set(commands.flatMap((line) => line.match(/(?<=^|\s)[a-z][\w.-]*(?=\s|$)/g) ?? []));
  const script = "#!/bin/sh\nexec /bin/sleep 0.2\n";
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
