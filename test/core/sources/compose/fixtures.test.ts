import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compose } from "../../../../src/core/sources/compose/compose.ts";
import { fixtures, folder, onDisk, summary, workspaceOf } from "./reading.ts";

describe("compose files", () => {
  for (const name of fixtures) {
    it(`reads ${name}, each word where it stands`, () => {
      const expected = join(folder, name.replace(".yaml", ".read"));
      if (process.env["UPDATE"]) writeFileSync(expected, summary(name, onDisk));
      assert.equal(summary(name, onDisk), readFileSync(expected, "utf8"));
    });

    it(`reads every beginning of ${name}`, () => {
      const text = onDisk.read(name) ?? "";
      for (let end = 0; end <= text.length; end += 7) {
        const path = "compose.yaml";
        const beginning = text.slice(0, end);
        const file = compose.open({ path, text: beginning }, workspaceOf({ [path]: beginning }));
        for (const { runs } of file.invocations()) {
          for (const publish of runs.publishes === "unknown" ? [] : runs.publishes) publish.loopback();
        }
        for (const { start, end } of [...file.comments(), ...file.blocks()]) {
          assert.ok(start < end && end <= beginning.length);
        }
      }
    });
  }
});
