import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { pages, withRuleTable } from "../../scripts/pages.ts";
import { rules } from "../../src/core/rules/index.ts";

describe("the documentation", () => {
  for (const [path, text] of pages()) {
    it(`${path} is what the rules and tables say; if not, run npm run docs`, () => {
      assert.equal(readFileSync(path, "utf8"), text);
    });
  }

  it("has a page for each rule and no other", () => {
    assert.deepEqual(readdirSync("docs/rules").sort(), rules.map(({ id }) => `${id}.md`).sort());
  });

  it("the README's table of rules is fresh; if not, run npm run docs", () => {
    const readme = readFileSync("README.md", "utf8");
    assert.equal(readme, withRuleTable(readme));
  });

  it("each file of core/rules is in the list of rules", () => {
    const parts = new Set(["rule.ts", "index.ts", "pages.ts"]);
    const files = readdirSync("src/core/rules").filter((file) => !parts.has(file));
    assert.deepEqual(files.sort(), rules.map(({ id }) => `${id}.ts`).sort());
  });
});
