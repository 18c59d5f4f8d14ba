import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const untranslated = [
  'void vscode.window.showInformationMessage("Hello");',
  "item.tooltip = `Open ${name} now`;",
  'const choice = { title: found ? "Yes" : vscode.l10n.t("No") };',
  'text.description = ["one", name].join(" ");',
  'const row = new vscode.TreeItem("Row");',
  'function said() { return "two words"; }',
  "const assembled = message(`a ${name}`);",
  'const template = found ? "a" : "b" + name; message(template);',
];
const translated = [
  'void vscode.window.showInformationMessage(vscode.l10n.t("Hello"));',
  "item.text = `$(${icon}) ${count}`;",
  'log.info("This is for us alone.");',
  'throw new Error("This is a fault of ours.");',
  'message(table.entry); message("another template"); message(table.entry ?? "a third one");',
  'const row = new vscode.TreeItem(name); row.name = "Launch Guard";',
];

describe("npm run check", () => {
  it("finds every text that translators would miss", () => {
    const lines = check(untranslated, "Open Tunnel");
    untranslated.forEach((text, index) => {
      const found = lines.some((line) => line.startsWith(`src/editor/part.ts:${index + 1}:`));
      assert.ok(found, text);
    });
    assert.ok(lines.some((line) => line.startsWith("package.json: contributes.commands.0.title")));
    assert.equal(lines.length, untranslated.length + 1);
  });

  it("leaves alone what nobody is shown, and what is translated", () => {
    assert.deepEqual(check(translated, "%command.openTunnel%"), []);
  });
});

/** What the script says of a project with these lines and the title of a command; it has to fail where it says something. */
function check(lines: readonly string[], title: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "launch-guard-l10n-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions: { noEmit: true, types: [] }, include: ["src"] }));
  write("package.json", JSON.stringify({ contributes: { commands: [{ command: "launchGuard.openTunnel", title }] } }));
  write("src/editor/part.ts", lines.join("\n"));
  const { status, stderr } = spawnSync(process.execPath, [resolve("scripts/check-l10n.mjs"), folder], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  // Node may add a warning of its own.
  const said = stderr.split("\n").filter((line) => /^[\w./]+:/.test(line));
  assert.equal(status, said.length > 0 ? 1 : 0);
  return said;
}
