import assert from "node:assert/strict";
import { envFile } from "../../../../src/core/sources/env-file/env-file.ts";
import { type Dialect, readEnvFile } from "../../../../src/core/sources/env-file/read.ts";
import { applyEdits } from "../../../../src/core/text.ts";
import { workspaceOf } from "../../check.ts";
import { shown } from "../compose/reading.ts";

const path = ".env";

function read(text: string, dialect: Dialect = "compose"): string[] {
  return readEnvFile({ path, text }, dialect).assignments.map(({ name, variable }) => {
    if (!variable) return name;
    const { start, end } = variable.value.at;
    return `${name} = ${shown(variable.value)} « ${text.slice(start, end)} »`;
  });
}

const lines: [line: string, compose: string, docker: string][] = [
  ["A=b", "A = b « b »", "A = b « b »"],
  ["  A = b c  # why", "A = b c « b c »", "A"],
  ["A=b#c", "A = b#c « b#c »", "A = b#c « b#c »"],
  ["A=#b", "A = #b « #b »", "A = #b « #b »"],
  ["A= # c", "A =  «  »", "A =  # c «  # c »"],
  ["A=", "A =  «  »", "A =  «  »"],
  ["A", "A", "A"],
  ["export A=b", "A = b « b »", "export"],
  ["A: b", "A = b « b »", "A:"],
  ["A='b $C # \"d\"' # e", 'A = b $C # "d" « \'b $C # "d"\' »', "A = 'b $C # \"d\"' # e « 'b $C # \"d\"' # e »"],
  ['A="b\\n\\"$$\\$"', 'A = b\n"$$ « "b\\n\\"$$\\$" »', 'A = "b\\n\\"$$\\$" « "b\\n\\"$$\\$" »'],
  ["A=$B", "A = ?$B « $B »", "A = $B « $B »"],
  ["A='b", "A = 'b « 'b »", "A = 'b « 'b »"],
];

describe("a .env file", () => {
  for (const [line, compose, docker] of lines) {
    it(`reads ${line}`, () => {
      assert.deepEqual(read(line), [compose]);
      assert.deepEqual(read(line, "docker"), [docker]);
    });
  }

  it("reads a file", () => {
    const text = '\uFEFF# first\r\nA=1\r\n\r\nB="two\r\nlines" # why\r\n?\r\n#C=3\r\nD=$A$A\r\n';
    assert.deepEqual(read(text), ["A = 1 « 1 »", 'B = two\r\nlines « "two\r\nlines" »', "D = 11 « $A$A »"]);
    const file = envFile.open({ path, text }, workspaceOf({}));
    assert.deepEqual(
      file.comments().map(({ start, end }) => text.slice(start, end)),
      ["# first", "# why", "#C=3"],
    );
    assert.deepEqual(
      file.blocks().map(({ start, end }) => text.slice(start, end)),
      ["A=1", 'B="two\r\nlines"', "D=$A$A"],
    );
    assert.deepEqual([...file.invocations(), ...file.links(), ...file.limits()], []);
  });

  it("changes a value in its quotes and takes out whole lines", () => {
    const text = "A=1\nB='two\nlines' # why\nC=\n";
    const [a, b, c] = readEnvFile({ path, text }).assignments.map(({ variable }) => variable?.value.edit);
    assert.equal(applyEdits(text, b?.replace("x") ?? []), "A=1\nB='x' # why\nC=\n");
    assert.equal(applyEdits(text, b?.remove() ?? []), "A=1\nC=\n");
    assert.equal(applyEdits(text, [...(a?.remove() ?? []), ...(c?.remove() ?? [])]), "B='two\nlines' # why\n");
    assert.equal(applyEdits(text, c?.replace("3") ?? []), "A=1\nB='two\nlines' # why\nC=3\n");
    assert.equal(a?.replace("a b"), undefined);
    assert.equal(a?.after(["b"]), undefined);
  });

  it("is known by its name", () => {
    for (const name of [".env", "a/.env", ".env.local", "lab.env", "a/b.env"])
      assert.ok(envFile.accepts(name, ""), name);
    for (const name of ["env", ".environment", "a.env.ts", "a/.env/b", "env.sh"])
      assert.ok(!envFile.accepts(name, ""), name);
  });
});
