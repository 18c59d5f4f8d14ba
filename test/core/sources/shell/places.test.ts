import assert from "node:assert/strict";
import { origin, spelled, UNKNOWN, uses, type Word } from "../../../../src/core/word.ts";
import { commandsOf, mark, marked, open, show } from "./read.ts";

/** What is marked is where the word that is named stands, behind variables where it is written. */
const words: [script: string, word: string][] = [
  ["jupyter lab «--ip=0.0.0.0»", "--ip=0.0.0.0"],
  ["jupyter lab --ip '«0.0.0.0»'", "0.0.0.0"],
  ['jupyter lab «--ip="0.0.0.0»"', "--ip=0.0.0.0"],
  ["jupyter \\\n\t«--ip=0.0.0.0» \\\n\t--x", "--ip=0.0.0.0"],
  ["HOST=«0.0.0.0»\njupyter --ip $HOST", "0.0.0.0"],
  ["HOST='«0.0.0.0»'; B=$HOST; jupyter --ip \"$B\"", "0.0.0.0"],
  ['jupyter --ip "${HOST:-«0.0.0.0»}"', "0.0.0.0"],
  ["HOST=${HOST:-«0.0.0.0»}\njupyter --ip $HOST", "0.0.0.0"],
  ['OPTS="--x «--ip=0.0.0.0» --y"; jupyter $OPTS', "--ip=0.0.0.0"],
  ['A=(--x «--ip=0.0.0.0»)\njupyter "${A[@]}"', "--ip=0.0.0.0"],
  ["f() { jupyter --ip $1; }; f «0.0.0.0»", "0.0.0.0"],
  ["for h in «0.0.0.0»; do jupyter --ip $h; done", "0.0.0.0"],
  ["echo 🚀 && jupyter\t«--ip=0.0.0.0»", "--ip=0.0.0.0"],
  ["\uFEFF#!/bin/bash\njupyter «--ip=0.0.0.0»", "--ip=0.0.0.0"],
  ["#!/bin/bash\r\njupyter \\\r\n  «--ip=0.0.0.0»\r\n", "--ip=0.0.0.0"],
  ["jupyter «a\\ b»", "a b"],
  ["x=$(jupyter «--ip=0.0.0.0»)", "--ip=0.0.0.0"],
  ["cat > a.sh <<EOF\njupyter «--ip=0.0.0.0»\nEOF", "--ip=0.0.0.0"],
  ["cat > a.sh <<-EOF\n\tjupyter \\\n\t\t«--ip=0.0.0.0»\n\tEOF", "--ip=0.0.0.0"],
  ["H=«0.0.0.0»; cat > a.sh <<EOF\njupyter --ip $H\nEOF", "0.0.0.0"],
];

describe("shell: places of words", () => {
  for (const [script, name] of words) {
    it(script.replaceAll("\n", "⏎"), () => {
      const { text, at } = marked(script);
      const found = commandsOf(text).flatMap((command) =>
        command.words.filter((word) => show(word).replace(/'/g, "") === name),
      );
      assert.deepEqual(
        found.map((word) => mark(text, origin(word))),
        [mark(text, at)],
      );
    });
  }

  it("puts an empty word inside its quotes, and an empty default at the expansion", () => {
    const script = "jupyter --a='' '' \"${TOKEN:-}\"";
    const pieces = commandsOf(script).flatMap(({ words }) => words.flatMap((word) => word.pieces));
    const empty = pieces.filter((piece) => "text" in piece && piece.text === "");
    assert.deepEqual(
      empty.map(({ at }) => at && script.slice(at.start - 1, at.end + 1)),
      ["''", "''", '"${TOKEN:-}"'],
    );
  });

  it("keeps every use that a literal came through, the outermost last", () => {
    const script = 'A=0.0.0.0; B="$A"; jupyter --ip ${B}';
    const [word] = commandsOf(script).flatMap((command) => command.words.slice(2));
    assert.deepEqual(word && uses(word).map(({ start, end }) => script.slice(start, end)), ["$A", "${B}"]);
  });

  it("keeps the spelling of what is unknown", () => {
    const script = 'jupyter --ip="${HOST}" --port=$(shuf)';
    const pieces = commandsOf(script).flatMap(({ words }: { words: readonly Word[] }) =>
      words.flatMap((word) => word.pieces),
    );
    const unknown = pieces.flatMap((piece) => ("unknown" in piece ? [piece.unknown] : []));
    assert.deepEqual(unknown, ["${HOST}", "$(shuf)"]);
    assert.ok(commandsOf(script).every(({ words }) => words.every((word) => !spelled(word).startsWith(UNKNOWN))));
  });
});

/** What is marked is the whole command. */
const statements = [
  "«HOST=x jupyter lab --ip=0.0.0.0» > log 2>&1 &".replace("» > log 2>&1", " > log 2>&1»"),
  "if true; then\n  «jupyter \\\n    lab»\nfi",
  "x=$(«jupyter lab»)",
  "a=1; «jupyter lab» # later",
];

describe("shell: places of commands", () => {
  for (const script of statements) {
    it(script.replaceAll("\n", "⏎"), () => {
      const { text, at } = marked(script);
      assert.deepEqual(
        commandsOf(text).map((command) => mark(text, command.at)),
        [mark(text, at)],
      );
    });
  }
});

describe("shell: comments", () => {
  const cases: [script: string, comments: string[]][] = [
    ["#!/bin/bash\n# one\na # two\n\n  # three", ["# one", "# two", "# three"]],
    ["\uFEFF#!/bin/sh\r\n# one\r\na", ["# one"]],
    ["a '# x' \"# y\" b#c \\# ${#d} $# ${e#f} #g", ["#g"]],
    ["cat <<EOF # one\n# no\nEOF\n# two", ["# one", "# two"]],
    ["cat <<'EOF#'\n# no\nEOF#\n", []],
    ["A=( # one\n  a#b # two\n  '# no'\n)", ["# one", "# two"]],
    ["x=\"$(\n  # one\n  a '# no'\n)\" # two", ["# one", "# two"]],
    ["case x in # one\n  a) b;; # two\nesac # three", ["# one", "# two", "# three"]],
    ["(( x = 16#ff )) # one\n[[ a == '#' ]] # two", ["# one", "# two"]],
    ["a=1;#one\n(#two\nb)#three", ["#one", "#two", "#three"]],
    ["a \\\n  # one\n  --b", ["# one"]],
    ['echo "not closed\n# one\n', ["# one"]],
  ];
  for (const [script, comments] of cases) {
    it(script.replaceAll("\n", "⏎"), () =>
      assert.deepEqual(
        open(script)
          .comments()
          .map(({ start, end }) => script.slice(start, end)),
        comments,
      ),
    );
  }
});

describe("shell: blocks", () => {
  const cases: [script: string, blocks: string[]][] = [
    ["a\nb && c | d\n", ["a", "b && c | d"]],
    ["if a; then\n  b\nfi", ["if a; then\n  b\nfi", "a", "b"]],
    ["f() {\n  a\n}", ["f() {\n  a\n}", "a"]],
    ["a \\\n  $(b) \\\n  c", ["a \\\n  $(b) \\\n  c"]],
    ['a "x\ny"; b', ['a "x\ny"']],
    ["bash <<EOF\na\nEOF\nb", ["bash <<EOF\na\nEOF", "b"]],
    ["for x in 1; do\n  a &\ndone", ["for x in 1; do\n  a &\ndone", "a &"]],
  ];
  for (const [script, blocks] of cases) {
    it(script.replaceAll("\n", "⏎"), () =>
      assert.deepEqual(
        open(script)
          .blocks()
          .map(({ start, end }) => script.slice(start, end)),
        blocks,
      ),
    );
  }
});
