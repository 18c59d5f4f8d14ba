import assert from "node:assert/strict";
import { splitWords } from "../../../../src/core/sources/shell/script.ts";
import { origin, spelled } from "../../../../src/core/word.ts";
import { commandsOf, edited, mark, show } from "./read.ts";

function value(script: string) {
  const word = commandsOf(script)[0]?.env.get("ARGS")?.value;
  assert.ok(word);
  return word;
}

describe("shell: a value that holds arguments", () => {
  const cases: [value: string, words: string[]][] = [
    ["--ip=0.0.0.0  --no-browser", ["--ip=0.0.0.0", "--no-browser"]],
    ["", []],
    ["  a\tb\n", ["a", "b"]],
    ["a 'b c' \"d e\" f\\ g", ["a", "'b c'", "'d e'", "'f g'"]],
    ["--token='' \"\"", ["--token=", "''"]],
    ["a'b'\"c\"", ["abc"]],
    ['"a\\"b\\c" \'d', ['a"b\\c', "d"]],
    ["$HOME `x` *", ["$HOME", "`x`", "*"]],
    ["a\\", ["a\\"]],
  ];
  for (const [text, words] of cases) {
    it(JSON.stringify(text), () => {
      const word = { pieces: [{ text }], at: { path: "", start: 0, end: 0 }, edit: { ...value("ARGS= run").edit } };
      assert.deepEqual(splitWords(word).map(show), words);
    });
  }

  it("knows where each is written, and how to edit it", () => {
    const script = "ARGS='--ip=0.0.0.0 --token=\"\" --x' run";
    const words = splitWords(value(script));
    assert.deepEqual(
      words.map((word) => mark(script, origin(word))),
      [
        "ARGS='«--ip=0.0.0.0» --token=\"\" --x' run",
        "ARGS='--ip=0.0.0.0 «--token=»\"\" --x' run",
        "ARGS='--ip=0.0.0.0 --token=\"\" «--x»' run",
      ],
    );
    assert.deepEqual(
      words.map((word) => edited(script, word.edit.remove())),
      ["ARGS=' --token=\"\" --x' run", "ARGS='--ip=0.0.0.0 --x' run", "ARGS='--ip=0.0.0.0 --token=\"\"' run"],
    );
    assert.equal(edited(script, words[0]?.edit.after(["--y"])), "ARGS='--ip=0.0.0.0 --y --token=\"\" --x' run");
    assert.equal(edited(script, words[1]?.edit.replace("--z")), "ARGS='--ip=0.0.0.0 --z --x' run");
  });

  it("keeps what is unknown", () => {
    const words = splitWords(value("ARGS=\"--ip=$HOST $MORE '$X'\" run"));
    assert.deepEqual(words.map(show), ["--ip=?", "?*", "?"]);
    assert.deepEqual(
      words.map((word) => spelled(word).length),
      [6, 1, 1],
    );
  });
});
