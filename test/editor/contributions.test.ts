import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import * as vscode from "vscode";
import * as z from "zod/mini";
import contributions from "../../package.json";
import texts from "../../package.nls.json";
import { commandIds } from "../../src/editor/commands.ts";
import { settingsSchema } from "../../src/editor/settings.ts";
import { activate } from "../../src/extension.ts";
import { editor } from "../stub/editor.ts";

const { contributes } = contributions;

describe("package.json and the extension agree", () => {
  it("on the commands", () => {
    const contributed = contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.toSorted(), [...commandIds].sort());
  });

  it("on the settings, their values, defaults and bounds", () => {
    const { properties = {} } = z.toJSONSchema(settingsSchema, { io: "input" });
    const expected = Object.fromEntries(Object.entries(properties).map(([name, is]) => [`launchGuard.${name}`, is]));
    const contributed = Object.fromEntries(
      Object.entries(contributes.configuration.properties).map(([name, property]) => {
        const { scope: _scope, markdownDescription: _description, ...is }: Record<string, unknown> = property;
        delete is["enumDescriptions"];
        return [name, is];
      }),
    );
    assert.deepEqual(contributed, expected);
  });

  it("on every text, and on no other", () => {
    const used = readFileSync("package.json", "utf8").match(/(?<="%)[\w.]+(?=%")/g) ?? [];
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it("on files that are there", () => {
    const paths = [contributions.icon, ...contributes.yamlValidation.map(({ url }) => url)];
    for (const path of paths) assert.ok(statSync(path).size > 0);
  });
});

describe("the package", () => {
  it("holds every bundle that the extension asks for", () => {
    const packaged = readFileSync(".vscodeignore", "utf8").split("\n");
    const wanted = ["extension"];
    // `wanted` grows while it is walked.
    for (const name of wanted) {
      assert.ok(packaged.includes(`!dist/${name}.js`), `${name}.js is asked for`);
      const asked = readFileSync(`dist/${name}.js`, "utf8").matchAll(/require\("\.\/([\w-]+)\.js"\)/g);
      wanted.push(...Array.from(asked, ([, other = ""]) => other).filter((other) => !wanted.includes(other)));
    }
    assert.deepEqual(wanted.length, packaged.filter((line) => line.startsWith("!dist/")).length);
  });
});

describe("activation", () => {
  it("registers every command and loads nothing yet", () => {
    const subscriptions: { dispose(): unknown }[] = [];
    const context = { subscriptions, extensionUri: vscode.Uri.parse("file:/extension") };
    // The rest of the context is none of our business.
    activate(context as unknown as vscode.ExtensionContext);
    assert.deepEqual([...editor.commands.keys()].sort(), [...commandIds].sort());
    assert.deepEqual(editor.codeActionProviders, []);
    for (const part of subscriptions) part.dispose();
    assert.deepEqual([...editor.commands.keys()], []);
  });
});
