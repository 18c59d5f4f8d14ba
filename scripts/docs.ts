/** Writes the pages that are made from the rules and the tables: `npm run docs`. A test says when they are stale. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pages, withRuleTable } from "./pages.ts";

for (const [path, text] of pages()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
writeFileSync("README.md", withRuleTable(readFileSync("README.md", "utf8")));
