import assert from "node:assert/strict";
import type { Invocation } from "../../../../src/core/invocation.ts";
import { compose } from "../../../../src/core/sources/compose/compose.ts";
import { applyEdits, type Edit } from "../../../../src/core/text.ts";
import { invocationsIn, shown, workspaceOf } from "./reading.ts";

const path = "compose.yaml";

/** A service with these lines. */
function service(...lines: string[]): string {
  return `services:\n  lab:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function first(text: string, files: Record<string, string> = {}): Invocation {
  return invocationsIn(text, files)[0] ?? assert.fail("no service");
}

function publishesOf(invocation: Invocation) {
  assert.ok(invocation.runs.publishes !== "unknown");
  return invocation.runs.publishes;
}

function applied(text: string, edits: readonly Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}

describe("a compose file", () => {
  it("is known by its name", () => {
    const names = [
      "compose.yaml",
      "a/compose.yml",
      "docker-compose.yml",
      "docker-compose.gpu.yaml",
      "compose.override.yml",
    ];
    for (const name of names) assert.ok(compose.accepts(name, ""), name);
    for (const name of ["my-compose.yaml", "compose.json", "compose/a.yaml", "docker-compose.yml.bak"]) {
      assert.ok(!compose.accepts(name, ""), name);
    }
  });

  // `§` stands for `$` so that the texts are not mistaken for templates.
  const ports: [before: string[], after: string[]][] = [
    [['- "8888:8888"'], ['- "127.0.0.1:8888:8888"']],
    [["- 8888:8888/tcp # why"], ["- 127.0.0.1:8888:8888/tcp # why"]],
    [["- 8888"], ["- 127.0.0.1::8888"]],
    [["- '0.0.0.0:8888:8888'"], ["- '127.0.0.1:8888:8888'"]],
    [["- §{BIND:-0.0.0.0}:8888:8888"], ["- §{BIND:-127.0.0.1}:8888:8888"]],
    [["- §{PORT:-8888}:8888"], ["- 127.0.0.1:§{PORT:-8888}:8888"]],
    [
      ["- target: 80", "  published: 80 # why", "  mode: host"],
      ["- target: 80", "  published: 80 # why", "  host_ip: 127.0.0.1", "  mode: host"],
    ],
    [["- { target: 80, published: 80 }"], ["- { target: 80, published: 80, host_ip: 127.0.0.1 }"]],
    [
      ["- published: 80", "  target: 80", "  host_ip: 0.0.0.0"],
      ["- published: 80", "  target: 80", "  host_ip: 127.0.0.1"],
    ],
    [
      ["- target: 80", "  host_ip: '::'"],
      ["- target: 80", "  host_ip: '127.0.0.1'"],
    ],
  ];
  for (const [before, after] of ports) {
    it(`publishes ${before.join(" ")} on this machine only`, () => {
      const lines = (items: string[]) => service("ports:", ...items.map((item) => `  ${item.replaceAll("§", "$")}`));
      const [publish] = publishesOf(first(lines(before)));
      assert.equal(publish?.address, "all");
      assert.equal(applied(lines(before), publish?.loopback()), lines(after));
      assert.equal(publishesOf(first(lines(after)))[0]?.address, "loopback");
    });
  }

  it("publishes what is shared where it is defined", () => {
    const text = `x-ports: &ports ["8888:8888"]\n${service("ports: *ports")}`;
    const [publish] = publishesOf(first(text));
    assert.equal(applied(text, publish?.loopback()), text.replace("8888:", "127.0.0.1:8888:"));
  });

  it("publishes what .env says there", () => {
    const env = "# ports\nPUBLISH=0.0.0.0:8888:8888\n";
    const [publish] = publishesOf(first(service("ports: [§PUBLISH]".replace("§", "$")), { ".env": env }));
    const edits = publish?.loopback();
    assert.equal(edits?.[0]?.path, ".env");
    assert.equal(applied(env, edits), "# ports\nPUBLISH=127.0.0.1:8888:8888\n");
  });

  const removals: [name: string, before: string[], after: string[]][] = [
    ["A", ["environment:", "  A: b # why", "  B: c"], ["environment:", "  B: c"]],
    ["A", ["environment:", "  A: b"], ["environment: {}"]],
    ["A", ["environment:", "  - A=b", "  - B"], ["environment:", "  - B"]],
    ["A", ["environment: [A=b]"], ["environment: []"]],
    ["B", ["environment: { A: b, B: }"], ["environment: { A: b }"]],
  ];
  for (const [name, before, after] of removals) {
    it(`takes ${name} out of ${before.join(" ")}`, () => {
      const text = service(...before);
      assert.equal(applied(text, first(text).env.get(name)?.value.edit.remove()), service(...after));
    });
  }

  it("replaces a value where it is written", () => {
    const text = service("environment:", "  A: §{A:-old}", "  B: 'old'", "  C: old", "  D: §{D:-}").replaceAll(
      "§",
      "$",
    );
    const { env } = first(text);
    const edits = ["A", "B", "C", "D"].flatMap((name) => env.get(name)?.value.edit.replace("true") ?? []);
    const after = service("environment:", "  A: §{A:-true}", "  B: 'true'", '  C: "true"', "  D: §{D:-true}");
    assert.equal(applied(text, edits), after.replaceAll("§", "$"));
  });

  it("edits the words of a command where they stand", () => {
    const text = service('command: ["jupyter", "lab", "--allow-root"]');
    const [, , flag] = first(text).words;
    assert.equal(applied(text, flag?.edit.remove()), service('command: ["jupyter", "lab"]'));
    assert.equal(
      applied(text, flag?.edit.after(["--ip=x"])),
      service('command: ["jupyter", "lab", "--allow-root", "--ip=x"]'),
    );
    const folded = service("command: >-", "  jupyter lab", "  --allow-root", "  --port=1");
    const words = first(folded).words;
    assert.deepEqual(words.map(shown), ["jupyter", "lab", "--allow-root", "--port=1"]);
    const after = applied(folded, words[2]?.edit.remove()) ?? "";
    assert.deepEqual(first(after).words.map(shown), ["jupyter", "lab", "--port=1"]);
  });

  it("removes the first word of a block with the space behind it", () => {
    const text = service("command: >", "  --allow-root --ip=x", "  --port=1");
    const after = applied(text, first(text).words[0]?.edit.remove());
    assert.equal(after, service("command: >", "  --ip=x", "  --port=1"));
    const quoted = service(`command: sh "a" b`);
    assert.equal(first(quoted).words[0]?.edit.remove(), undefined);
  });

  it("is read when it is the wrong way round", () => {
    const texts = [
      "",
      "services",
      "services: 1",
      "services: [a]",
      "services: {a: }",
      "services:\n  a: *b\n",
      "a: &a\n  <<: *a\n",
    ];
    for (const text of texts)
      assert.equal(invocationsIn(text).length, text.includes("a: }") || text.includes("*b") ? 1 : 0, text);
  });

  it("says what is too large to be read", () => {
    const limits = (text: string) =>
      compose
        .open({ path, text }, workspaceOf({}))
        .limits()
        .map(({ what }) => what);
    assert.deepEqual(limits(`a: ${"b".repeat(1_000_000)}`), ["size"]);
    assert.deepEqual(limits(`a: ${"[".repeat(5000)}`), ["nesting"]);
    assert.deepEqual(limits(Array.from({ length: 1200 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")), [
      "nesting",
    ]);
    assert.deepEqual(limits(service("image: a")), []);
  });

  it("does not blow up where aliases do", () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `x${level + 1}: &x${level + 1}\n  <<: [*x${level}, *x${level}]\n`,
    );
    const text = `x0: &x0 { image: a }\n${levels.join("")}services:\n  lab: *x30\n`;
    const file = compose.open({ path, text }, workspaceOf({}));
    assert.equal(file.invocations().length, 1);
    assert.deepEqual(
      file.limits().map(({ what }) => what),
      ["nesting"],
    );
  });
});
