import assert from "node:assert/strict";
import { rules } from "../../src/core/rules/index.ts";
import { rulePages } from "../../src/core/rules/pages.ts";
import { toolExamples } from "../../src/core/tools/examples.ts";
import type { RuleId, ToolExample } from "../../src/core/tools/tool.ts";
import { afterFirstFix, findingsIn, marked, unmarked } from "./check.ts";

/** Every example of every rule and every table is run: what is underlined, and what the fix makes of it. */

function accepts(path: string, text: string, rule?: RuleId): void {
  const found = findingsIn(path, text).filter((finding) =>
    rule ? finding.rule === rule : finding.severity !== "info",
  );
  assert.deepEqual(
    found.map(({ rule: id, at }) => `${id}: ${marked(text, at)}`),
    [],
  );
}

function flags({ path = "launch.sh", text: example, rule, severity, fixed }: ToolExample): void {
  const { text, start, end } = unmarked(example);
  const found = findingsIn(path, text);
  const finding = found.find(
    (candidate) => candidate.rule === rule && candidate.at.start === start && candidate.at.end === end,
  );
  assert.ok(
    finding,
    `${rule} at ${example}; found ${found.map(({ rule: id, at }) => `${id}: ${marked(text, at)}`).join("\n")}`,
  );
  if (severity) assert.equal(finding.severity, severity);
  const after = afterFirstFix(path, text, finding);
  assert.equal(after, fixed, "the text after its first fix");
  if (after === undefined) return;
  const left = findingsIn(path, after);
  assert.ok(
    !left.some(
      (each) =>
        each.rule === rule &&
        each.message.template === finding.message.template &&
        after.slice(each.at.start, each.at.end) === text.slice(start, end),
    ),
    "the finding is gone",
  );
  const before = new Set(found.map((each) => each.rule));
  assert.deepEqual(
    left.map((each) => each.rule).filter((id) => !before.has(id)),
    [],
    "no new finding",
  );
}

for (const rule of rules) {
  const { examples } = rulePages[rule.id];
  describe(`rule ${rule.id}`, () => {
    for (const example of examples.unsafe) {
      it(`flags ${JSON.stringify(example.text)}`, () => flags({ ...example, rule: rule.id }));
    }
    for (const { path = "launch.sh", text } of examples.safe) {
      it(`accepts ${JSON.stringify(text)}`, () => accepts(path, text, rule.id));
    }
  });
}

for (const [id, { unsafe, safe }] of Object.entries(toolExamples)) {
  describe(`tool ${id}`, () => {
    for (const example of unsafe) {
      it(`${example.rule}: ${JSON.stringify(example.text)}`, () => flags(example));
    }
    for (const text of safe) {
      it(`accepts ${JSON.stringify(text)}`, () => accepts("launch.sh", text));
    }
  });
}
