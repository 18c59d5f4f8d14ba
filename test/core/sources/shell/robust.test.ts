import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { mappedText } from "../../../../src/core/mapped.ts";
import { forEachChild, parseShell, type SyntaxNode } from "../../../../src/core/sources/shell/parse.ts";
import { splitWords } from "../../../../src/core/sources/shell/script.ts";
import type { Edit, Place } from "../../../../src/core/text.ts";
import { open, path } from "./read.ts";

const folder = "test/fixtures/shell";
const fixtures = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** Asks for everything there is to know about a script; every place and edit lies inside it. */
function readAll(text: string): void {
  const opened = open(text);
  const places: Place[] = [...opened.comments(), ...opened.blocks(), ...opened.limits().map(({ at }) => at)];
  const edits: (Edit[] | undefined)[] = [];
  for (const { words, env, at } of opened.invocations()) {
    places.push(at);
    for (const word of [...words, ...[...env.values()].map(({ value }) => value)]) {
      places.push(word.at, ...word.pieces.flatMap((piece) => piece.at ?? []));
      edits.push(word.edit.remove(), word.edit.replace("x"), word.edit.after(["x"]));
      splitWords(word);
    }
  }
  for (const place of [...places, ...edits.flatMap((edit) => edit ?? [])]) {
    assert.equal(place.path, path);
    assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, JSON.stringify(place));
  }
}

describe("shell: while someone types", () => {
  for (const { name, text } of fixtures) {
    it(`reads every beginning of ${name}`, () => {
      let slowest = 0;
      for (let length = 0; length <= text.length; length++) {
        const start = performance.now();
        const opened = open(text.slice(0, length));
        assert.ok(opened.invocations().length + opened.comments().length + opened.blocks().length >= 0);
        slowest = Math.max(slowest, performance.now() - start);
      }
      assert.ok(slowest < 1000, `${slowest} ms`);
    }).timeout(20_000);
  }
});

describe("shell: whatever the text", () => {
  for (const { name, text } of fixtures) it(`stays inside of ${name}`, () => readAll(text));

  const parts = [
    ..."jupyter lab --ip=0.0.0.0 A=1 A+=(x export local f() { } ( ) ; & && || | if then elif else fi for in do done".split(
      " ",
    ),
    ..."case esac while ;; ) a) $( ` ' \" ${ } ${A:- $A \"$@\" $1 $(( )) << <<- EOF <<EOF <<'EOF' <<< > [[ ]] set -- shift #".split(
      " ",
    ),
    ...[
      "\n",
      "\n",
      "\\\n",
      "\r\n",
      "\t",
      " ",
      " ",
      "\\",
      "\uE000",
      "😀",
      "\uD83D",
      "\0",
      "cat > a.sh <<EOF\n",
      "EOF\n",
    ],
  ];
  const script = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((chosen) => chosen.join(""));
  const spaced = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((chosen) => chosen.join(" "));

  it("never throws, and never points outside of it", () => {
    return fc.assert(fc.property(fc.oneof(script, spaced, fc.string({ unit: "binary" })), readAll), { numRuns: 250 });
  });

  const towers = [
    "$(",
    '"$(',
    "(",
    "{ ",
    "if ",
    "`",
    "${a:-",
    "$((",
    "<(",
    "f() ",
    "a=(",
    "case x in a) ",
    "[[ ( ",
    '"${',
    "a && ",
  ];
  for (const part of towers) {
    it(`returns in time for ${part} a thousand times`, () => {
      const start = performance.now();
      readAll(part.repeat(1000));
      assert.ok(performance.now() - start < 3000);
    }).timeout(10_000);
  }
});

describe("shell: agrees with bash on what is a script", () => {
  const bash = (text: string) => spawnSync("bash", ["-n"], { input: text }).status === 0;

  /** Also the mistakes inside of substitutions. */
  const ours = (text: string) => {
    let errors = 0;
    const visit = (node: SyntaxNode): void => {
      if (node.type === "Script") errors += "errors" in node ? (node.errors?.length ?? 0) : 0;
      forEachChild(node, visit);
    };
    const tree = parseShell(mappedText(path, text));
    for (const statement of tree.statements) visit(statement);
    return tree.errors.length + errors === 0;
  };

  for (const { name, text } of fixtures) {
    // bash does not take Windows line ends and byte order marks for what they are; the editor shows neither.
    const plain = text.replaceAll("\r", "").replace("\uFEFF", "");
    it(name, () => assert.equal(ours(text), bash(plain)));
  }

  const broken = [
    'echo "a',
    "echo 'a",
    "echo $(a",
    "echo `a",
    "echo ${a",
    "if a; then b",
    "if a; b; fi",
    "fi",
    "a )",
    "(a",
    "{ a",
    "for x in a; b; done",
    "while a; do b",
    "case x in a) b",
    "a && ",
    "a | | b",
    "a ;; b",
    "f() {",
    "[[ a",
    "done",
  ];
  for (const script of broken)
    it(`not ${script}`, () => assert.deepEqual([ours(script), bash(script)], [false, false]));
});
