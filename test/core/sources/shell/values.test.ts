import assert from "node:assert/strict";
import { commandsOf, showCommand } from "./read.ts";

/** A script, and every command that it starts. */
const cases: Record<string, [script: string, commands: string[]][]> = {
  "plain words": [
    ["jupyter lab --ip=0.0.0.0", ["jupyter lab --ip=0.0.0.0"]],
    ["jupyter 'a b' \"c d\" e\\ f $'g\\th'", ["jupyter 'a b' 'c d' 'e f' 'g\th'"]],
    ["jupyter '' \"\" --token=''", ["jupyter '' '' --token="]],
    ["jupyter *.py ~/x {a,b} [ab]?", ["jupyter *.py ~/x {a,b} [ab]?"]],
    ["jupyter a\\\nb", ["jupyter ab"]],
    ["jupyter ${#A[@]} $? $$ ${!x} $((1+1)) $(nproc)", ["nproc", "jupyter ?* ?* ?* ?* ?* ?*"]],
  ],
  variables: [
    ["HOST=0.0.0.0\njupyter --ip=$HOST", ["jupyter --ip=0.0.0.0"]],
    ["jupyter --ip=$HOST $ARGS", ["jupyter --ip=? ?*"]],
    ["A=1; A=2; run $A", ["run 2"]],
    ["A=1; unset A; run $A", ["unset A", "run ?*"]],
    ['A=\'x y\'; run $A "$A" "${A}z"', ["run x y 'x y' 'x yz'"]],
    ["A='x $B'; run $A", ["run x $B"]],
    ['A=; run $A "$A" --a=$A', ["run '' --a="]],
    ["A=1; A+=2; run $A", ["run 12"]],
    ["A+=' --x'; run $A", ["run ?* --x"]],
    ['A=$(nproc); run --a=$A "${A:-d}"', ["nproc", "run --a=? d"]],
    ["A=1; (A=2; run $A); run $A", ["run 2", "run 1"]],
    ["A=1; A=2 | cat; run $A", ["cat", "run 1"]],
    ["A=1; read A; run $A", ["read A", "run ?*"]],
    ["A=1; B=$A$A; run $B", ["run 11"]],
  ],
  "expansions with a default": [
    ["run ${A:-d} ${A-d} ${A:=e} $A", ["run d d e ?*"]],
    [': "${A:=d}"\nrun $A', [": d", "run d"]],
    ['run "${A:-}" ${A:-} --a="${A-}"', ["run '' --a="]],
    ['A=; run ${A:-d} "${A-d}"', ["run d ''"]],
    ["A=x; run ${A:-d} ${A:?} ${A:+w}", ["run x x w"]],
    ["run ${A:?no} ${A:+w}", ["run ?* ?*"]],
    ["A=; run ${A:+w} a", ["run a"]],
    ['run ${A:---a "b c"} ${A:-$B} ${A:-${B:-x}}', ["run --a 'b c' ?* x"]],
    ["A=x.sh; run ${A%.sh} ${A/x/y} ${A:0:1} ${A^^}", ["run ?* ?* ?* ?*"]],
  ],
  arrays: [
    ['A=(--ip=0.0.0.0 --x); run "${A[@]}" y', ["run --ip=0.0.0.0 --x y"]],
    ["A=(a); A+=(b 'c d'); run \"${A[@]}\"", ["run a b 'c d'"]],
    ['A=(a b); run $A ${A[1]} "${A[*]}" "p${A[@]}s"', ["run a b 'a b' pa bs"]],
    ['A=(); run "${A[@]}" y', ["run y"]],
    ['run "${A[@]}"', ["run ?*"]],
    ["declare -A M; M[host]=0.0.0.0; run ${M[host]}", ["run 0.0.0.0"]],
    ["declare -a A=(x); local B=(y); run ${A[@]} ${B[@]}", ["run x y"]],
  ],
  parameters: [
    ['run $1 "$@" $* "${1:-d}"', ["run ?* ?* ?* d"]],
    ['set -- a \'b c\'; run "$@" "$2" $3 "${@:2}" "$*"', ["set -- a 'b c'", "run a 'b c' 'b c' 'b c' 'a b c'"]],
    ["set -- a b; shift; run $1", ["set -- a b", "shift", "run b"]],
    ["while [ $# -gt 0 ]; do run $1; shift; done", ["run ?*", "shift"]],
  ],
  branches: [
    ["if a; then H=1; else H=2; fi; run $H", ["a", "run 1", "run 2"]],
    ["if a; then H=1; fi; run $H", ["a", "run ?*", "run 1"]],
    ["H=0; if a; then H=1; elif b; then H=2; fi; run $H", ["a", "b", "run 0", "run 1", "run 2"]],
    ["case $x in a) H=1;; b|c) H=2;; *) H=3; esac; run $H", ["run 1", "run 2", "run 3"]],
    ["H=0; test x && H=1; run $H", ["run 0", "run 1"]],
    ["a && H=1 && run $H", ["a", "run 1"]],
    ["a || H=1; run $H", ["a", "run ?*", "run 1"]],
    ["for h in 1 2; do run $h; done", ["run 1", "run 2"]],
    ["H=0; while a; do H=1; done; run $H", ["a", "run 0", "run 1"]],
    ["if a; then A=1 B=1; else A=2 B=2; fi; run $A $B", ["a", "run 1 1", "run 2 2", "run 2 1", "run 1 2"]],
    ["{ H=1; }; run $H; ! (H=2); run $H & time run $H", ["run 1", "run 1", "run 1"]],
  ],
  functions: [
    ['f() { run "$@" $1; }; f a b', ["run a b a"]],
    ["f() { run $1; }", ["run ?*"]],
    ["f() { H=$1; }; f 1; run $H", ["run 1"]],
    ["H=0; f() { local H=1; run $H; }; f; run $H", ["run 1", "run 0"]],
    ["f() { f; run; }; f", ["run"]],
    ["main() { start; }; start() { run; }; main", ["run"]],
    ["f() { run $H; }; H=1 f; run $H", ["H=1 run 1", "run ?*"]],
    ["function f { run; }; f; f", ["run", "run"]],
  ],
  environment: [
    ["A=1 B='x y' run", ["A=1 B='x y' run"]],
    ["export A=1; B=2; run", ["A=1 run"]],
    ["A=1; export A; run; export -n A; run", ["A=1 run", "run"]],
    ["export A; A=1; run", ["A=1 run"]],
    ["declare -x A=1; typeset -x B=2; readonly C=3; run", ["A=1 B=2 run"]],
    ["set -a; A=1; set +a; B=2; run", ["set -a", "A=1 set +a", "A=1 run"]],
    ["set -o allexport; A=1; run", ["set -o allexport", "A=1 run"]],
    ["export A=1; unset A; run", ["A=1 unset A", "run"]],
    ['export "A=$B-1"; run', ["A=?-1 run"]],
    ["if a; then export A=1; else export A=2; fi; run", ["a", "A=1 run", "A=2 run"]],
    ["export A=1; A=2 run; run", ["A=2 run", "A=1 run"]],
  ],
  "scripts inside": [
    ["x=$(run a) y=`run b`; cat <(run c)", ["run a", "run b", "run c", "cat ?*"]],
    ['echo "$(run "$(run a)")"', ["run a", "run ?"]],
    ["x=`run \\`run a\\``", ["run a", "run ?*"]],
    ["[[ -n $(run a) ]] && (( $(run b) ))", ["run a", "run b"]],
    ["coproc run a; { run b; } 2>&1 | (run c)", ["run a", "run b", "run c"]],
  ],
};

for (const [title, rows] of Object.entries(cases)) {
  describe(`shell: ${title}`, () => {
    for (const [script, commands] of rows) {
      it(script.replaceAll("\n", "⏎"), () => assert.deepEqual(commandsOf(script).map(showCommand), commands));
    }
  });
}

describe("shell: many values", () => {
  it("tries each value of each variable within eight commands", () => {
    const branch = (name: string) => `case $x in 1) ${name}=1;; 2) ${name}=2;; 3) ${name}=3;; *) ${name}=4;; esac; `;
    const commands = commandsOf(`${branch("A")}${branch("B")}run $A $B`).map(showCommand);
    assert.equal(commands.length, 8);
    for (const value of ["1", "2", "3", "4"]) {
      assert.ok(commands.some((command) => command.startsWith(`run ${value}`)));
      assert.ok(commands.some((command) => command.endsWith(` ${value}`)));
    }
  });

  it("does not multiply what functions do", () => {
    const functions = [...Array(12).keys()].map((index) => `f${index}() { f${index + 1}; f${index + 1}; }`);
    const commands = commandsOf(`${functions.join("\n")}\nf12() { run; }\nf0`);
    assert.ok(commands.length >= 1 && commands.length <= 8);
  });
});
