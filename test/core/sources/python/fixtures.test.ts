import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "../../../../src/core/invocation.ts";
import { spelled, UNKNOWN } from "../../../../src/core/word.ts";
import { missing, summary } from "../following.ts";
import { fixtures, folder, path, run } from "./reading.ts";

describe("Python scripts", () => {
  for (const { name, text } of fixtures) {
    it(`reads ${name}, each word where it stands`, () => {
      const expected = join(folder, name.replace(".py", ".read"));
      const found = summary(path, text, run(text));
      if (process.env["UPDATE"]) writeFileSync(expected, found);
      assert.equal(found, readFileSync(expected, "utf8"));
    });
  }
});

const python = spawnSync("python3", ["--version"], { encoding: "utf8" });
if (python.status !== 0) missing("python3");

type Started = { readonly words?: readonly string[]; readonly script?: string; readonly env: Record<string, string> };

(python.status === 0 ? describe : describe.skip)("Python scripts: what python3 starts", () => {
  for (const { name, text } of fixtures) {
    it(`starts the same in ${name}`, () => {
      const args = ["-W", "ignore", "test/core/sources/python/patched.py", join(folder, name)];
      const said = spawnSync("python3", args, { encoding: "utf8", env: { PATH: process.env["PATH"] } });
      assert.equal(said.status, 0, said.stderr);
      const lines = said.stdout.split("\n").filter((line) => line.startsWith('{"'));
      const theirs = lines.map((line): Started => JSON.parse(line));
      const ours = startedIn(text);
      // Functions are read behind the rest, and a loop or a branch once for each of its values.
      for (const each of theirs)
        assert.ok(
          ours.some((other) => agrees(other, each)),
          `${JSON.stringify(each)} is read`,
        );
      if (!name.startsWith("branches")) assert.equal(ours.length, theirs.length);
    }).timeout(20_000);
  }
});

function startedIn(text: string): Started[] {
  const found: Started[] = [];
  const { commands } = run(text, (script, scope) => {
    found.push({ script: script.text, env: shown(scope.env) });
    return { commands: [], limits: [] };
  });
  return [
    ...found,
    ...commands.map(({ words, env }) => ({
      words: words.map((word) => (word.splits ? `${UNKNOWN}*` : spelled(word))),
      env: shown(env),
    })),
  ];
}

function shown(env: Env): Record<string, string> {
  return Object.fromEntries([...env.values()].map(({ name, value }) => [name, spelled(value)]));
}

/** Whether what was read is what was started; what is unknown may be anything. */
function agrees(ours: Started, theirs: Started): boolean {
  const flat = ({ words, script, env }: Started) =>
    [script === undefined ? "words" : script, ...(words ?? []), ...Object.entries(env).toSorted().flat()].join("\n");
  const pattern = flat(ours)
    .split(new RegExp(`\\n?${UNKNOWN}\\*|${UNKNOWN}`))
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("[^]*");
  return new RegExp(`^${pattern}$`).test(flat(theirs));
}
