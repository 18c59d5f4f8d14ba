import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, parseDocument } from "yaml";
import type { Yaml, YamlMap } from "../../../../src/core/sources/yaml/node.ts";
import { readYaml } from "../../../../src/core/sources/yaml/yaml.ts";
import { applyEdits, type Edit } from "../../../../src/core/text.ts";
import { literal } from "../../../../src/core/word.ts";

const path = "a.yaml";

function read(text: string): Yaml {
  const [document] = readYaml({ path, text }).documents;
  assert.ok(document);
  return document;
}

function applied(text: string, edits: Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}

/** The scalar with this text, wherever it stands. */
function find(node: Yaml, text: string): ReturnType<Extract<Yaml, { kind: "scalar" }>["word"]> | undefined {
  const inside =
    node.kind === "list" ? node.items() : node.kind === "map" ? node.pairs().map(({ value }) => value) : [];
  if (node.kind === "scalar") return literal(node.word()) === text ? node.word() : undefined;
  for (const child of inside) {
    const found = find(child, text);
    if (found) return found;
  }
  return undefined;
}

const removals: [text: string, after: string | undefined][] = [
  ["a:\n  - x\n  - X # c\n  - y\nb: 1\n", "a:\n  - x\n  - y\nb: 1\n"],
  ["a:\r\n- X\r\n- y\r\n", "a:\r\n- y\r\n"],
  ["a:\n- x\n- X", "a:\n- x\n"],
  ["a:\n  - X # c\nb: 1\n", "a: [] # c\nb: 1\n"],
  ["a: &x\n  - X\n", "a: &x []\n"],
  ["a:\n  # why\n  - X\n", undefined],
  ["- - X\n  - y\n", "- - y\n"],
  ["- - X\n", "- []\n"],
  ["- k: X\n  l: y\n", "- l: y\n"],
  ["- k: X\n  # about l\n  l: y\n", undefined],
  ["a:\n  k: X\n  l: |\n    y\n", "a:\n  l: |\n    y\n"],
  ["a:\n  k: y\n  l: >-\n    X\n\n# c\nb: 1\n", "a:\n  k: y\n\n# c\nb: 1\n"],
  ["a:\n  k: X\nb: 1\n", "a: {}\nb: 1\n"],
  ["k: X", undefined],
  ["\uFEFFk: X\nl: 1\n", "\uFEFFl: 1\n"],
  ["[X, y]", "[y]"],
  ["[x, X]", "[x]"],
  ["[x, X, y]", "[x, y]"],
  ["[x, X,]", "[x, ]"],
  ["[ X ]", "[  ]"],
  ["[X,]", "[]"],
  ["a: [\n  x, # why\n  X # c\n]", "a: [\n  x # why\n]"],
  ["a: [\n  X,\n  y\n]", "a: [\n  y\n]"],
  ["a: [x,\n  X]", "a: [x]"],
  ["{ k: X, l: y }", "{ l: y }"],
  ['{"k":y,"l":"X"}', '{"k":y}'],
  ["a: &x\n  k: X\n  l: y\nb: *x\n", "a: &x\n  l: y\nb: *x\n"],
];

const additions: [text: string, after: string][] = [
  ["a:\n  - X # c\n  - y\n", "a:\n  - X # c\n  - --p\n  - q\n  - y\n"],
  ['a:\r\n\t- "X"', 'a:\r\n\t- "X"\r\n\t- "--p"\r\n\t- "q"'],
  ["- - X\n", "- - X\n  - --p\n  - q\n"],
  ["a: ['X']", "a: ['X', '--p', 'q']"],
  ["a: [\n  X\n]", "a: [\n  X,\n  --p,\n  q\n]"],
];

const replacements: [text: string, by: string, after: string | undefined][] = [
  ["k: X # c", "127.0.0.1:8888:8888", "k: 127.0.0.1:8888:8888 # c"],
  ["k: X", "true", 'k: "true"'],
  ["k: X", "1000", 'k: "1000"'],
  ["k: X", "22:22", 'k: "22:22"'],
  ["k: 'X'", "22:22", "k: '22:22'"],
  ["[X]", "a,b", '["a,b"]'],
  ["k: X", "a:", 'k: "a:"'],
  ['k: "X"', 'a"b', undefined],
  ["k: |\n  X", "y", undefined],
];

describe("editing YAML", () => {
  for (const [text, after] of removals) {
    it(`removes X from ${JSON.stringify(text)}`, () => {
      assert.equal(applied(text, find(read(text), "X")?.edit.remove()), after);
      if (after !== undefined) assert.deepEqual(parseDocument(after).errors, []);
    });
  }
  for (const [text, after] of additions) {
    it(`adds to ${JSON.stringify(text)}`, () =>
      assert.equal(applied(text, find(read(text), "X")?.edit.after(["--p", "q"])), after));
  }
  for (const [text, by, after] of replacements) {
    it(`writes ${by} into ${JSON.stringify(text)}`, () =>
      assert.equal(applied(text, find(read(text), "X")?.edit.replace(by)), after));
  }

  it("keeps a value of the kind it was", () => {
    assert.equal(applied("k: true", find(read("k: true"), "true")?.edit.replace("false")), "k: false");
    assert.equal(applied("k: 8888", find(read("k: 8888"), "8888")?.edit.replace("80")), "k: 80");
  });

  it("adds a pair in the style of its map", () => {
    const add = (text: string) => {
      const pair = (read(text) as YamlMap).pairs()[0]; // as: the texts below are maps
      return applied(text, pair?.add("host_ip", "127.0.0.1"));
    };
    assert.equal(add("k: 1 # c\nl: 2"), "k: 1 # c\nhost_ip: 127.0.0.1\nl: 2");
    assert.equal(add("{k: 1, l: 2}"), "{k: 1, host_ip: 127.0.0.1, l: 2}");
  });

  it("removes any items and leaves valid YAML with the rest", () => {
    const item = fc.constantFrom("a", "'b'", '"c d"', "e", "[f, g]", "h # why");
    const layout = fc.constantFrom("block", "zero", "flow", "lines");
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 6 }),
        layout,
        fc.infiniteStream(fc.boolean()),
        (items, how, picks) => {
          let text = lists[how](how === "flow" ? items.map((each) => each.replace(/ #.*/, "")) : items);
          let expected: unknown[] = parse(text).k;
          for (let index = expected.length - 1; index >= 0; index--) {
            const list = (read(text) as YamlMap).get("k"); // as: the text is a map
            if (!picks.next().value || list?.kind !== "list") continue;
            const target = list.items()[index];
            if (target?.kind !== "scalar") continue;
            text = applied(text, target.word().edit.remove()) ?? assert.fail(text);
            expected = expected.filter((_, other) => other !== index);
            assert.deepEqual(parse(text), { k: expected, z: 1 }, text);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

const lists = {
  block: (items: string[]) => `k:\n${items.map((item) => `  - ${item}\n`).join("")}z: 1\n`,
  zero: (items: string[]) => `k:\n${items.map((item) => `- ${item}\n`).join("")}z: 1`,
  flow: (items: string[]) => `k: [${items.join(", ")}]\nz: 1\n`,
  lines: (items: string[]) =>
    `k: [\n${items.map((item) => `  ${item.replace(/( #.*)?$/, ",$1")}\n`).join("")}]\nz: 1\n`,
};
