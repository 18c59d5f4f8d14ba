import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../../../src/core/word.ts";
import { missing, recordingShell, summary } from "../following.ts";
import { fixtures, folder, made, path } from "./reading.ts";

describe("makefiles", () => {
  for (const { name, text, args } of fixtures) {
    it(`reads ${name}, each word where it stands`, () => {
      const expected = join(folder, name.replace(".mk", ".read"));
      const found = summary(path, text, made(text, args));
      if (process.env["UPDATE"]) writeFileSync(expected, found);
      assert.equal(found, readFileSync(expected, "utf8"));
    });
  }
});

const version = spawnSync("make", ["--version"], { encoding: "utf8" });
const isGnu = version.status === 0 && version.stdout.startsWith("GNU Make");
if (!isGnu) missing("GNU make");

(isGnu ? describe : describe.skip)("makefiles: what make -n says", () => {
  let project = "";
  before(() => {
    project = mkdtempSync(join(tmpdir(), "makefile-"));
  });
  after(() => rmSync(project, { recursive: true }));

  for (const { name, text, args } of fixtures) {
    it(`runs the same of ${name}`, () => {
      writeFileSync(join(project, path), text);
      const said = execFileSync("make", ["-n", "--no-print-directory", ...args.split(" ").filter(Boolean)], {
        cwd: project,
        env: { PATH: process.env["PATH"] },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      const { shell, scripts } = recordingShell();
      made(text, args, shell);
      assert.match(normal(said), pattern(normal(scripts.join("\n"))));
    }).timeout(20_000);
  }
});

/** Neither lines without anything, which make shows in part, nor the blanks that lines begin and end with matter. */
function normal(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("make: ")).join("\n");
}

/** What is unknown may be anything. */
function pattern(text: string): RegExp {
  const known = text.split(UNKNOWN).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${known.join(".*")}$`);
}
