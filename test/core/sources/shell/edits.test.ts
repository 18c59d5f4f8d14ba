import assert from "node:assert/strict";
import * as fc from "fast-check";
import { applyEdits } from "../../../../src/core/text.ts";
import { sliceWord, spelled, type Word } from "../../../../src/core/word.ts";
import { commandsOf, edited, show, wordsOf } from "./read.ts";

/** A script, the beginning of a word in it, and the script without that word; `undefined` where it has to stay. */
const removals: [script: string, word: string, without: string | undefined][] = [
  ["jupyter lab --ip=x --y", "--ip", "jupyter lab --y"],
  ["jupyter lab --ip=x", "--ip", "jupyter lab"],
  ["jupyter lab", "jupyter", undefined],
  ["jupyter lab '--ip=x' # why\n", "--ip", "jupyter lab # why\n"],
  ["jupyter \\\n  --ip=x \\\n  --y\n", "--ip", "jupyter \\\n  --y\n"],
  ["jupyter \\\n  --ip=x \\\n  --y\n", "--y", "jupyter \\\n  --ip=x\n"],
  ["jupyter \\\r\n  --ip=x \\\r\n  --y\r\n", "--ip", "jupyter \\\r\n  --y\r\n"],
  ["jupyter --ip=x>log", "--ip", "jupyter>log"],
  ['A=(\n  --ip=x\n  --y\n)\njupyter "${A[@]}"', "--ip", 'A=(\n  --y\n)\njupyter "${A[@]}"'],
  ['A=(\r\n  --ip=x\r\n  --y\r\n)\r\njupyter "${A[@]}"', "--ip", 'A=(\r\n  --y\r\n)\r\njupyter "${A[@]}"'],
  ['A=( # a\n  --ip=x\n  --y\n)\njupyter "${A[@]}"', "--ip", 'A=( # a\n\n  --y\n)\njupyter "${A[@]}"'],
  ['A=(\n  --ip=x # a\n  --y\n)\njupyter "${A[@]}"', "--ip", 'A=(\n # a\n  --y\n)\njupyter "${A[@]}"'],
  ['A=(--ip=x --y)\njupyter "${A[@]}"', "--ip", 'A=( --y)\njupyter "${A[@]}"'],
  ['O="--a --ip=x --b"; jupyter $O', "--ip", 'O="--a --b"; jupyter $O'],
  ["O=--ip=x; jupyter $O", "--ip", "O=; jupyter $O"],
  ["H=x; jupyter --ip=$H --y", "--ip", "H=x; jupyter --y"],
  [
    "cat >a.sh <<-EOF\n\tjupyter \\\n\t\t--ip=x \\\n\t\t--y\n\tEOF\n",
    "--ip",
    "cat >a.sh <<-EOF\n\tjupyter \\\n\t\t--y\n\tEOF\n",
  ],
  ["H=x; cat >a.sh <<EOF\njupyter --ip=$H\nEOF\n", "--ip", undefined],
];

/** A script, the beginning of a word in it, and the script after it was replaced by `NEW`. */
const replacements: [script: string, word: string, replaced: string][] = [
  ["jupyter --ip x", "x", "jupyter --ip NEW"],
  ["jupyter --ip 'x'", "x", "jupyter --ip 'NEW'"],
  ['jupyter --ip "x"', "x", 'jupyter --ip "NEW"'],
  ['jupyter "--ip="x', "--ip", "jupyter NEW"],
  ["jupyter a\\ b", "'a b", "jupyter NEW"],
  ["jupyter ''", "''", "jupyter 'NEW'"],
  ["H=x; jupyter --ip $H", "x", "H=NEW; jupyter --ip $H"],
  ['jupyter --ip "${H:-x}"', "x", 'jupyter --ip "${H:-NEW}"'],
  ['jupyter --ip "${H:-}"', "''", 'jupyter --ip "NEW"'],
  ['H=""; jupyter --ip "$H"', "''", 'H="NEW"; jupyter --ip "$H"'],
  ["jupyter --ip $H", "?", "jupyter --ip NEW"],
  ['O="--a x --b"; jupyter $O', "x", 'O="--a NEW --b"; jupyter $O'],
  ['jupyter --ip "x', "x", 'jupyter --ip "NEW'],
];

const additions: [script: string, word: string, added: string][] = [
  ["jupyter lab # a", "lab", "jupyter lab --a=b c # a"],
  ["jupyter 'lab'", "lab", "jupyter 'lab' --a=b c"],
  ['A=(--x # a\n)\njupyter "${A[@]}"', "--x", 'A=(--x --a=b c # a\n)\njupyter "${A[@]}"'],
  ['O="--x --y"; jupyter $O', "--x", 'O="--x --a=b c --y"; jupyter $O'],
  ["O=--x; jupyter $O", "--x", "O=--x; jupyter $O --a=b c"],
];

function wordLike(script: string, start: string): Word {
  const word = wordsOf(script).find((candidate) => show(candidate).startsWith(start));
  assert.ok(word, `${start} is a word of the script`);
  return word;
}

describe("shell: edits of words", () => {
  for (const [script, start, without] of removals) {
    it(`takes ${start} out of ${script.replaceAll("\n", "⏎")}`, () => {
      assert.equal(edited(script, wordLike(script, start).edit.remove()), without);
    });
  }
  for (const [script, start, replaced] of replacements) {
    it(`replaces ${start} in ${script}`, () => {
      const word = wordLike(script, start);
      assert.equal(edited(script, word.edit.replace("NEW")), replaced);
      assert.equal(word.edit.replace("not insertable"), undefined);
    });
  }
  for (const [script, start, added] of additions) {
    it(`adds words behind ${start} in ${script.replaceAll("\n", "⏎")}`, () => {
      const word = wordLike(script, start);
      assert.equal(edited(script, word.edit.after(["--a=b", "c"])), added);
      assert.equal(word.edit.after(["$x"]), undefined);
    });
  }

  it("replaces a part of a word where it is written", () => {
    const script = 'H=0.0.0.0; jupyter "--ip=$H" --port=1';
    const [ip, port] = ["--ip", "--port"].map((start) => wordLike(script, start));
    assert.ok(ip && port);
    assert.equal(edited(script, sliceWord(ip, 5).edit.replace("NEW")), 'H=NEW; jupyter "--ip=$H" --port=1');
    assert.equal(edited(script, sliceWord(port, 7).edit.replace("NEW")), 'H=0.0.0.0; jupyter "--ip=$H" --port=NEW');
  });
});

/** A script that sets `T`, and the script without the assignment; `undefined` where it has to stay. */
const assignments: [script: string, without: string | undefined][] = [
  ["T=x run", "run"],
  ["T=x A=1 run", "A=1 run"],
  ["A=1 T=x \\\n  run", "A=1 run"],
  ["export T=x\nrun\n", "run\n"],
  ["a\n  export T=x \nrun\n", "a\nrun\n"],
  ["a\r\nexport T=x\r\nrun\r\n", "a\r\nrun\r\n"],
  ["export T=x # why\nrun\n", "# why\nrun\n"],
  ["export T=x; run", "run"],
  ["export T=x && run", "run"],
  ["a && export T=x && \\\n  run", "a && run"],
  ["export A=1 T=x B=2\nrun", "export A=1 B=2\nrun"],
  ["set -a\nT=x\nrun", "set -a\nrun"],
  ["if a; then\n  export T=x\n  run\nfi", "if a; then\n  run\nfi"],
  ["if a; then\n  export T=x\nfi\nrun", undefined],
  ["a; export T=x\nrun", undefined],
  ['export T="x\ny"\nrun', "run"],
];

describe("shell: edits of assignments", () => {
  for (const [script, without] of assignments) {
    it(script.replaceAll("\n", "⏎"), () => {
      const variable = commandsOf(script)
        .flatMap(({ env }) => [...env.values()])
        .find(({ name }) => name === "T");
      assert.ok(variable);
      assert.ok(script.slice(variable.at.start, variable.at.end).startsWith("T="));
      assert.equal(edited(script, variable.value.edit.remove()), without);
    });
  }

  it("replaces a value within its quotes", () => {
    for (const [script, replaced] of [
      ["T='x' run", "T='NEW' run"],
      ["T= run", "T=NEW run"],
      ['T="" run', 'T="NEW" run'],
      ["export T=x; run", "export T=NEW; run"],
    ] as const) {
      const value = commandsOf(script)[0]?.env.get("T")?.value;
      assert.equal(edited(script, value?.edit.replace("NEW")), replaced);
    }
  });
});

/** Commands whose arguments can be taken out in any combination. */
const samples = [
  "jupyter lab --ip 0.0.0.0 --port 8888 --allow-root",
  "jupyter lab \\\n  --ip 0.0.0.0 \\\n  --port=8888 --no-browser \\\n  --allow-root\n",
  "jupyter lab \\\r\n  --ip 0.0.0.0 \\\r\n\t--allow-root\r\n",
  "X=1 jupyter 'lab' \"--ip\" '0.0.0.0' a\\ b --t='' >log 2>&1 &\n",
  'A=(--ip 0.0.0.0 --x)\njupyter "${A[@]}" --y\n',
  'A=( # one\n  --ip 0.0.0.0 # two\n  # three\n  --x --y\n\n  --z)\njupyter "${A[@]}" --last\n',
  'A=(\r\n  --ip 0.0.0.0 # two\r\n  --x\r\n)\r\njupyter "${A[@]}"\r\n',
  'O="--ip 0.0.0.0\t--x  --y"\njupyter $O --z\n',
  "cat > a.sh <<-EOF\n\tjupyter \\\n\t\t--ip 0.0.0.0 \\\n\t\t--x\n\tEOF\n",
  'f() {\n  jupyter "$@" --z\n}\nf --ip 0.0.0.0 \\\n  --x\n',
];

describe("shell: taking out any words of a command", () => {
  for (const sample of samples) {
    it(sample.replaceAll("\r", "").replaceAll("\n", "⏎"), () => {
      const words = commandsOf(sample).at(-1)?.words ?? [];
      assert.ok(words.length > 3);
      return fc.assert(
        fc.property(fc.subarray(words.slice(2)), (chosen) => {
          const edits = chosen.flatMap((word) => word.edit.remove() ?? []);
          assert.equal(edits.length, chosen.length);
          const left = commandsOf(applyEdits(sample, edits)).at(-1)?.words ?? [];
          assert.deepEqual(left.map(spelled), words.filter((word) => !chosen.includes(word)).map(spelled));
        }),
        { numRuns: 40 },
      );
    });
  }
});
