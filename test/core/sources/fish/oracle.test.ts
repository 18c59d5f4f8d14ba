import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fishCommands } from "../../../../src/core/sources/fish/commands.ts";
import { literal } from "../../../../src/core/word.ts";
import { missing } from "../../../tunnel/remote/missing.ts";
import { commandsOf } from "../dialect/reading.ts";

/** Each calls `show`, which prints its arguments, each in brackets; in fish it is a function, for us a program. */
const scripts = [
  "show a b",
  "show 'a b' \"c d\" e\\ f",
  "show 'it\\'s' 'a\\\\b' 'a\\nb' '\\$x'",
  'show "a\\"b" "a\\\\b" "\\$x" "a\\nb" "it\'s"',
  "show a'b'\"c\"d",
  "show '' \"\"",
  "show a\\tb \\x41 \\u00e9 \\101 \\U1F600 \\$x \\# \\; \\& \\|",
  "show a \\\n  b",
  "show a\\\nb",
  'show "a\\\nb"',
  "show a#b #c\nshow d",
  "show a; show b",
  "true; and show a",
  "false; or show a",
  "true && show a",
  "false || show a",
  "not false; and show a",
  "! false && show a",
  "set x 1; show $x",
  "set x 1 2 3; show $x",
  'set x 1 2 3; show "$x"',
  "set x 1 2; show a$x",
  "set x 1 2; show a$x-b",
  "set x 1 2; set y a b; show $x$y",
  "set x 1 2; set y a b; show $x-$y",
  "set x; show a $x b",
  "set x; show a$x b",
  'set x; show "$x"',
  "set x ''; show $x a",
  "set x a b c; show $x[1] $x[-1] $x[3]",
  'set x a b c; show "$x[2]"',
  'set x "a b"; show $x',
  "set -x x 1; show $x",
  "set -gx x 1; show $x",
  "set --export --global x 1; show $x",
  "set x a; set -a x b; show $x",
  "set x a; set -p x b; show $x",
  "set x a; set --append x b c; show $x",
  "set -l x -- -a; show $x",
  "set x a; set -q x; show $x",
  "set x a; set y $x b; show $y",
  "for i in a b; true; end; show a",
  "for i in a; show $i; end",
  "begin; show a; end",
  "begin\n show a\nend",
  "if true; show a; end",
  "if true\n show a\nend",
  "function f; show $argv; end; f 1 2",
  "function f\n show x $argv[2]\nend\nf 1 2",
  "function f --description 'x y'; show a; end; f",
  "function f -a one; show a; end; f 1",
  "show a > /dev/null; show b",
  "show a 2>/dev/null",
  "show a 2>&1",
  "show b >/dev/null 2>&1; show c",
  "show a&b",
  "show a & wait; show b",
  "show {a} a{}b",
  "show a=b --x=y -z",
  "show a,b a@b a+b a^b a!b",
  "show 1>/dev/null; show 2",
  "show a | cat",
  "echo x | show a",
  "show a ;;; show b",
  "show end if else",
  "show \\\n",
  "show '$x'",
  'set x 1; show "a{$x}b"',
  "set x 1; show a{$x}b",
  "set x 1; show '$x' \\$x \"\\$x\"",
  "set argv a b; show $argv",
  "begin; set -l x 1; show $x; end",
  "time show a",
  "show a\r\nshow b",
  "show \"a 'b' c\" 'a \"b\" c'",
  "show --ip=0.0.0.0 --port='8888' \"--x=y z\"",
  "show -- -- -a",
  "switch a; case a; show a; end",
  "while true; show a; break; end",
];

/** What fish itself gives `show`. */
function byFish(script: string): string[] {
  const printer = "function show; printf '[%s]' $argv; echo; end";
  const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", `${printer}\n${script}`], { encoding: "utf8" });
  assert.equal(stderr.replace(/_+\nExecuted in[\s\S]*/, "").trim(), "");
  return stdout.split("\n").filter((line) => line !== "");
}

function byUs(script: string): string[] {
  const shown = commandsOf(fishCommands, script).filter(({ words }) => literal(words[0]) === "show");
  return shown
    .map(({ words }) => words.slice(1).map(literal))
    .map((words) => words.map((text) => `[${text}]`).join("") || "[]");
}

describe("fish: agrees with fish on the arguments", () => {
  if (spawnSync("fish", ["--version"]).status !== 0) {
    it("has fish", () => missing("fish"));
    return;
  }
  for (const script of scripts) {
    it(script.replaceAll("\n", "⏎"), () => {
      // Which commands print is fish's affair, as their output may go elsewhere; those that do are ours as well.
      const [expected, ours] = [byFish(script), byUs(script)];
      for (const line of expected) assert.ok(ours.includes(line), `${line} is not in ${JSON.stringify(ours)}`);
      assert.ok(expected.length > 0);
    }).timeout(10_000);
  }
});
