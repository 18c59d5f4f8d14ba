import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import * as vscode from "vscode";
import * as z from "zod/mini";
import contributions from "../../package.json";
import texts from "../../package.nls.json";
import { globs } from "../../src/core/globs.ts";
import { commandIds } from "../../src/editor/commands.ts";
import { settingsSchema } from "../../src/editor/settings.ts";
import { contextKeys, contextWords } from "../../src/editor/tunnels/context.ts";
import { stateIcons } from "../../src/editor/tunnels/icons.ts";
import { tunnelSettingsSchema } from "../../src/editor/tunnels/settings.ts";
import { activate } from "../../src/extension.ts";
import { rowWords } from "../../src/terminal/exposures-section.ts";
import { terminalSettingsSchema } from "../../src/terminal/settings.ts";
import { editor } from "../stub/editor.ts";

const { contributes } = contributions;
const known: readonly string[] = commandIds;

/** Every setting as the editor knows it, whichever section it stands in. */
const properties: Readonly<Record<string, { readonly scope: string }>> = Object.assign(
  {},
  ...contributes.configuration.map((section) => section.properties),
);

function ranInMenus(): string[] {
  return Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
}

/** What the links of the welcome texts run. */
function ranInTexts(): string[] {
  return Object.values(texts).flatMap((text) => text.match(/(?<=\(command:)[\w.]+/g) ?? []);
}

describe("package.json and the extension agree", () => {
  it("on the commands", () => {
    const contributed = contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.toSorted(), [...commandIds].sort());
  });

  it("on the settings, their values, defaults and bounds", () => {
    const schemas = [settingsSchema, terminalSettingsSchema, tunnelSettingsSchema].map((schema) =>
      z.toJSONSchema(schema, { io: "input" }),
    );
    const expected = schemas.flatMap(({ properties = {} }) =>
      Object.entries(properties).map(([name, is]) => [`launchGuard.${name}`, is]),
    );
    const contributed = Object.entries(properties).map(([name, property]) => {
      const { scope: _scope, markdownDescription: _description, ...is }: Record<string, unknown> = property;
      delete is["enumDescriptions"];
      return [name, is];
    });
    assert.deepEqual(Object.fromEntries(contributed), Object.fromEntries(expected));
  });

  it("on who may set what decides about connections", () => {
    const scopes = Object.entries(properties).map(([name, { scope }]) => [name.split(".").slice(1).join("."), scope]);
    const byWorkspace = scopes.filter(([, scope]) => scope !== "machine").map(([name]) => name);
    const linting = ["enable", "run", "delay", "minimumSeverity"];
    const telling = ["terminal.notify", "terminal.ignoredCommands", "terminal.ignoredRules"];
    const harmless = [...linting, ...telling, "tunnels.openIn", "tunnels.showTraffic"];
    assert.deepEqual(byWorkspace, harmless);
    const { restrictedConfigurations } = contributions.capabilities.untrustedWorkspaces;
    for (const name of restrictedConfigurations) assert.ok(name in properties, `${name} is a setting`);
  });

  it("on the views, and on what their menus and first steps run", () => {
    const views = contributes.views.launchGuard.map(({ id }) => id);
    assert.deepEqual(views, ["launchGuard.tunnels", "launchGuard.exposures"]);
    assert.deepEqual(Object.keys(contributes.views), [contributes.viewsContainers.activitybar[0]?.id]);
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view));
    for (const id of ranInMenus()) assert.ok(known.includes(id), `${id} is a command`);
    for (const id of ranInTexts()) assert.ok(known.includes(id) || id === "vscode.openFolder", `${id} is a command`);
  });

  it("on the words that menus ask a row for, and on the keys that they ask the window for", () => {
    const asked = Object.values(contributes.menus).flatMap((items: readonly { when?: string }[]) =>
      items.map(({ when = "" }) => when),
    );
    const words = asked.flatMap((when) =>
      Array.from(when.matchAll(/viewItem =~ \/\\b\((.*?)\)\\b\//g)).flatMap(([, each = ""]) => each.split("|")),
    );
    assert.deepEqual(
      words.filter((word) => ![...contextWords, ...rowWords].includes(word)),
      [],
    );
    const keys = asked.flatMap((when) => when.match(/launchGuard\.has\w+/g) ?? []);
    assert.deepEqual(new Set(keys), new Set(contextKeys));
    const views = asked.flatMap((when) => when.match(/(?<=view == )[\w.]+/g) ?? []);
    for (const view of views) assert.ok(contributes.views.launchGuard.some(({ id }) => id === view));
  });

  it("on every text, and on no other", () => {
    const used = readFileSync("package.json", "utf8").match(/(?<="%)[\w.]+(?=%")/g) ?? [];
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it("on files that are there, and in the package", () => {
    const paths = [
      contributions.icon,
      ...contributes.yamlValidation.map(({ url }) => url),
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.views.launchGuard.map(({ icon }) => icon),
      ...stateIcons.flatMap((name) => [`media/tunnel/${name}-light.svg`, `media/tunnel/${name}-dark.svg`]),
    ];
    for (const path of paths) {
      assert.ok(statSync(path).size > 0);
      assert.ok(isPackaged(path.replace(/^\.\//, "")), `${path} is in the package`);
    }
  });
});

/** By the lines of `.vscodeignore` that let files in. */
function isPackaged(path: string): boolean {
  const lines = readFileSync(".vscodeignore", "utf8").split("\n");
  const patterns = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  return globs(patterns)(path) === "ignored";
}

describe("the package", () => {
  it("holds every bundle that the extension asks for", () => {
    const packaged = readFileSync(".vscodeignore", "utf8").split("\n");
    // The worker is started by its path, and ssh starts the other.
    const wanted = ["extension", "tunnel-worker", "askpass"];
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
