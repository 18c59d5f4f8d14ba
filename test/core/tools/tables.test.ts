import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { toolExamples } from "../../../src/core/tools/examples.ts";
import { tools } from "../../../src/core/tools/index.ts";
import { type Condition, type Hazard, type Match, type Tool, toolSchema } from "../../../src/core/tools/tool.ts";

describe("the tools' tables", () => {
  it("are all in the list, each under its file's name", () => {
    const folder = "src/core/tools";
    const tables = readdirSync(folder).filter((file) =>
      /^export const \w+: Tool = /m.test(readFileSync(`${folder}/${file}`, "utf8")),
    );
    assert.deepEqual(tools.map(({ id }) => `${id}.ts`).toSorted(), tables.toSorted());
  });

  it("start no command that another one starts", () => {
    assert.deepEqual(repeated(tools.flatMap(({ commands }) => commands)), []);
  });
});

for (const tool of tools) {
  describe(`the table of ${tool.id}`, () => {
    const examples = toolExamples[tool.id] ?? { unsafe: [], safe: [] };
    const names = tool.settings.map(({ name }) => name);

    it("has the tables' shape", () => {
      const { error } = toolSchema.safeParse(tool);
      assert.deepEqual(error?.issues ?? [], []);
    });

    it("names each setting, option and variable once", () => {
      assert.deepEqual(repeated(names), []);
      assert.deepEqual(repeated(spellings(tool)), []);
      assert.deepEqual(repeated(tool.settings.flatMap(({ variables }) => variables ?? [])), []);
    });

    it("speaks of settings that it has", () => {
      assert.deepEqual(
        mentioned(tool).filter((name) => !names.includes(name)),
        [],
      );
    });

    it("has patterns that compile", () => {
      for (const pattern of patterns(tool)) assert.doesNotThrow(() => new RegExp(pattern), pattern);
    });

    it("refers to web pages", () => {
      for (const url of references(tool)) assert.match(url, /^https:\/\/[^\s]+$/);
    });

    it("says whole sentences", () => {
      const sentences = tool.hazards.flatMap(({ says, advice }) => [says, ...(advice === undefined ? [] : [advice])]);
      for (const sentence of sentences) {
        assert.match(sentence, /\S\.$/);
        // `vLLM` and `ngrok` are written with a small letter wherever they stand.
        assert.ok(/^[A-Z`]/.test(sentence) || sentence.startsWith(tool.name), sentence);
      }
    });

    it("knows the weaknesses that its hazards open", () => {
      const known = tool.cves.map(({ id }) => id);
      const opened = tool.hazards.flatMap(({ cves }) => cves ?? []);
      assert.deepEqual(
        opened.filter((id) => !known.includes(id)),
        [],
      );
    });

    it("has a safe example, and an unsafe one for each rule that its hazards name", () => {
      assert.ok(examples.safe.length > 0);
      assert.ok(examples.unsafe.length > 0);
      assert.deepEqual(
        tool.hazards.filter((hazard) => !isShown(hazard)).map(({ rule }) => rule),
        [],
      );
    });

    it("marks one place in each unsafe example, and fixes something", () => {
      for (const { text, fixed } of examples.unsafe) {
        assert.match(text, /^[^«»]*«[^«»]+»[^«»]*$/);
        assert.notEqual(fixed, text.replace(/[«»]/g, ""));
      }
    });
  });
}

/** Whether a table with this hazard, which several may share, has an example for its rule. */
function isShown(hazard: Hazard): boolean {
  return tools.some(
    ({ id, hazards }) => hazards.includes(hazard) && toolExamples[id]?.unsafe.some(({ rule }) => rule === hazard.rule),
  );
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

/** Every option as it is typed, once for each setting that has it. */
function spellings(tool: Tool): string[] {
  return [
    ...tool.valueOptions,
    ...tool.plainOptions,
    ...tool.settings.flatMap(({ options, switches, negations }) => [
      ...new Set([...(options ?? []), ...(switches ?? []), ...(negations ?? [])]),
    ]),
  ];
}

function conditions(tool: Tool): Condition[] {
  return [
    ...tool.auth.off,
    ...tool.auth.on,
    ...tool.endpoints.flatMap(({ only }) => only ?? []),
    ...tool.hazards.flatMap((hazard) => [...(hazard.with ?? []), ...(hazard.unless ?? [])]),
  ];
}

/** The names of settings that the rest of the table speaks of. */
function mentioned(tool: Tool): string[] {
  return [
    ...conditions(tool).map(({ setting }) => setting),
    ...tool.hazards.flatMap(({ setting }) => setting ?? []),
    ...tool.endpoints.flatMap(({ bind, port, each }) => [
      ...bind.settings.map(({ setting }) => setting),
      ...port.settings,
      ...(each === undefined ? [] : [each]),
    ]),
  ];
}

function patterns(tool: Tool): string[] {
  const matches: (Match | undefined)[] = [
    ...conditions(tool).map(({ when }) => when),
    ...tool.hazards.map(({ when }) => when),
  ];
  return [
    ...matches.flatMap((match) => (typeof match === "object" && "pattern" in match ? match.pattern : [])),
    ...tool.settings.flatMap(({ positional }) => positional ?? []),
  ];
}

function references(tool: Tool): string[] {
  return [
    tool.reference,
    ...tool.settings.map(({ reference }) => reference),
    ...tool.images.map(({ reference }) => reference),
    ...tool.cves.map(({ url }) => url),
  ];
}
