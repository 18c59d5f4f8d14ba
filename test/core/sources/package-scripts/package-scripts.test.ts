import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { literal, sliceWord } from "../../../../src/core/word.ts";
import { edited, missing, placesOf, summary, wordNamed } from "../following.ts";
import { fixtures, folder, path, scripted } from "./reading.ts";

describe("package scripts", () => {
  for (const { name, text, line } of fixtures) {
    it(`reads ${name}, each word where it stands`, () => {
      const expected = join(folder, name.replace(".json", ".read"));
      const found = summary(path, text, scripted(text, line));
      if (process.env["UPDATE"]) writeFileSync(expected, found);
      assert.equal(found, readFileSync(expected, "utf8"));
    });
  }

  const script = (text: string) => `{\n  "scripts": { "s": "${text}" },\n  "a": [1]\n}\n`;
  const edits: [before: string, word: string, change: "remove" | "replace" | "after", after: string | undefined][] = [
    ["jupyter lab --ip=x --y", "--ip=x", "remove", "jupyter lab --y"],
    ['jupyter \\"--ip=x\\" --y', "--ip=x", "remove", "jupyter --y"],
    ['jupyter \\"--ip=x\\" --y', "--ip=x", "replace", 'jupyter \\"NEW\\" --y'],
    ["jupyter\\t--ip=x", "--ip=x", "replace", "jupyter\\tNEW"],
    ["jupyter\\u0020--\\u0069p=x", "--ip=x", "replace", "jupyter\\u0020NEW"],
    ["jupyter\\t--ip=x", "--ip=x", "remove", "jupyter"],
    ["H=x; jupyter $H", "x", "replace", "H=NEW; jupyter $H"],
    ["jupyter lab", "lab", "after", "jupyter lab NEW"],
    ['jupyter \\"lab\\" || true', "lab", "after", 'jupyter \\"lab\\" NEW || true'],
  ];
  for (const [before, name, change, after] of edits) {
    it(`${change}s ${name} of ${before}, and leaves JSON`, () => {
      const { edit } = wordNamed(scripted(script(before), "npm run s"), name) ?? {};
      const done =
        change === "remove" ? edit?.remove() : change === "after" ? edit?.after(["NEW"]) : edit?.replace("NEW");
      const result = edited(script(before), done);
      assert.equal(result, after === undefined ? undefined : script(after));
      JSON.parse(result ?? "null");
    });
  }

  it("replaces a value of the package's config where it stands, and keeps a number one", () => {
    const text =
      '{"config": {"port": 80, "host": "0.0.0.0"}, "scripts": {"s": "a $npm_package_config_port $npm_package_config_host"}}';
    const { env } = scripted(text, "npm run s").commands[0] ?? {};
    const port = env?.get("npm_package_config_port")?.value;
    assert.ok(port);
    assert.equal(port.edit.replace("x"), undefined);
    assert.equal(edited(text, port.edit.replace("81")), text.replace("80", "81"));
    const host = env.get("npm_package_config_host")?.value;
    assert.equal(edited(text, host && sliceWord(host, 0).edit.replace("::1")), text.replace("0.0.0.0", "::1"));
  });

  it("leaves what runs in another folder or package alone", () => {
    const text = '{"scripts": {"s": "jupyter lab"}}';
    for (const line of ["npm run s --prefix x", "npm -w x run s", "pnpm -C x s", "yarn --cwd x s", "pnpm -r run s"]) {
      assert.deepEqual(scripted(text, line).commands, [], line);
    }
    for (const line of ["npm install", "npm exec s", "npx s", "npm run", "npm", "yarn"]) {
      assert.deepEqual(scripted(text, line).commands, [], line);
    }
  });
});

describe("package scripts: whatever the text", () => {
  const holds = (text: string, line: string) => {
    for (const at of placesOf(scripted(text, line))) {
      if (at.path === path) assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length, JSON.stringify(at));
    }
  };
  for (const { name, text, line } of fixtures) {
    it(`reads every beginning of ${name}`, () => {
      for (let end = 0; end <= text.length; end++) holds(text.slice(0, end), line);
    });
  }
  const parts =
    '{ } [ ] , : " \\" \\u00 \\ "scripts" "scripts":{ "s": "s":" "config":{"a": jupyter npm run s $@ 1 null && \n'.split(
      " ",
    );
  const texts = fc.array(fc.constantFrom(...parts, " ", "\uE000", "😀", "\0"), { maxLength: 30 });
  it("never throws, and never points outside of it", () => {
    return fc.assert(
      fc.property(
        fc.oneof(
          texts.map((list) => `{"scripts":{"s":"${list.join("")}`),
          texts.map((list) => list.join("")),
        ),
        (text) => holds(text, "npm run s a"),
      ),
      { numRuns: 1500 },
    );
  });
  for (const [name, text] of [
    ["nesting", "[".repeat(100_000)],
    [
      "many scripts",
      `{"scripts":{${Array.from({ length: 5000 }, (_, n) => `"a${n}": "jupyter"`).join()},"s":"npm run a1"}}`,
    ],
    ["a long script", `{"scripts":{"s":"${"jupyter \\u0041\\n".repeat(6000)}"}}`],
    ["a long escaped string", `{"scripts":{"s":"${"\\\\".repeat(50_000)}"}}`],
    ["quotes that are not closed", '"\n'.repeat(50_000)],
  ] as const) {
    it(`answers in time to ${name}`, () => {
      const start = performance.now();
      holds(text, "npm run s");
      const took = performance.now() - start;
      if (process.env["TIMES"]) console.log(name, text.length, Math.round(took));
      assert.ok(took < 2000, `${took} ms`);
    });
  }
});

const npm = spawnSync("npm", ["--version"], { encoding: "utf8" });
if (npm.status !== 0) missing("npm");

(npm.status === 0 ? describe : describe.skip)("package scripts: what npm passes on", () => {
  const text = JSON.stringify({
    name: "oracle",
    config: { port: 8080 },
    scripts: {
      preshow: "./args pre",
      show: "./args a \"b c\" \\$x '' $npm_package_config_port",
      postshow: "./args post",
      start: "./args start",
      both: "npm --silent run show -- --from both && ./args last",
      restart: "./args restart; ./args",
    },
  });
  let project = "";
  before(() => {
    project = mkdtempSync(join(tmpdir(), "package-scripts-"));
    writeFileSync(join(project, path), text);
    writeFileSync(join(project, "args"), '#!/bin/sh\nprintf "[%s]" "$@"\necho\n');
    chmodSync(join(project, "args"), 0o755);
  });
  after(() => rmSync(project, { recursive: true }));

  for (const line of [
    "npm run show",
    "npm run show -- --port=1 'a b' \"it's\"",
    "npm run show x --port 8080 y",
    "npm run-script show --port=1 -- --port=2",
    "npm --silent start -- '$HOME' '*' ';'",
    "npm run both more",
    "npm restart -- z",
  ]) {
    it(line, () => {
      const said = spawnSync("sh", ["-c", line], {
        cwd: project,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], npm_config_loglevel: "silent", npm_config_update_notifier: "false" },
      }).stdout;
      const ours = scripted(text, line).commands.map(({ words }) => {
        const args = words.slice(1).map((word) => literal(word) ?? "?");
        return args.length > 0 ? args.map((arg) => `[${arg}]`).join("") : "[]";
      });
      assert.deepEqual(ours, said.trimEnd().split("\n"));
    }).timeout(20_000);
  }
});
