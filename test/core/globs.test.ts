import assert from "node:assert/strict";
import { globs } from "../../src/core/globs.ts";

describe("globs", () => {
  const rows: { patterns: string; path: string; says: ReturnType<ReturnType<typeof globs>> }[] = [
    { patterns: "*.sh", path: "a/b.sh", says: "ignored" },
    { patterns: "/*.sh", path: "a/b.sh", says: undefined },
    { patterns: "out/", path: "out/", says: "ignored" },
    { patterns: "out/", path: "out", says: undefined },
    { patterns: "out/", path: "a/out/b.sh", says: "ignored" },
    { patterns: "*.sh\n!keep.sh", path: "keep.sh", says: "kept" },
    { patterns: "out\n!out/keep.sh", path: "out/keep.sh", says: "ignored" },
    { patterns: "# a note\n\n*.SH", path: "a.sh", says: undefined },
    { patterns: "*\r\n", path: "a.sh", says: "ignored" },
    { patterns: "*", path: "../a.sh", says: undefined },
    { patterns: "*", path: "", says: undefined },
    { patterns: "[", path: "a", says: undefined },
  ];
  for (const { patterns, path, says } of rows) {
    it(`${JSON.stringify(patterns)} says ${says ?? "nothing"} of ${JSON.stringify(path)}`, () => {
      assert.equal(globs(patterns)(path), says);
    });
  }
});
