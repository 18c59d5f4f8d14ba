import { fishCommands } from "../../../../src/core/sources/fish/commands.ts";
import { provesCommands, provesEdits, provesReader } from "../dialect/reading.ts";

provesReader("fish", fishCommands, [
  ...'jupyter --ip=0.0.0.0 set -x -gx X $X $X[1] "$X" \' " \\ ( ) $( ; & && || | and or not ! begin end if else for in'.split(
    " ",
  ),
  ..."while switch case function f $argv > 2>&1 &| # { } {$X} A=1 $$ \uE000 😀 \uD83D \0".split(" "),
  ..."\n,\\\n,\r\n,\t".split(","),
]);

provesEdits("fish", fishCommands, {
  removals: [
    ["jupyter lab --ip=x --y", "--ip", "jupyter lab --y"],
    ["jupyter lab", "jupyter", undefined],
    ["jupyter lab '--ip=x' # why\n", "--ip", "jupyter lab # why\n"],
    ["jupyter \\\n  --ip=x \\\n  --y\n", "--ip", "jupyter \\\n  --y\n"],
    ["jupyter \\\r\n  --ip=x \\\r\n  --y\r\n", "--ip", "jupyter \\\r\n  --y\r\n"],
    ["jupyter --ip=x>log", "--ip", "jupyter>log"],
    ["set O --a --ip=x --b; jupyter $O", "--ip", "set O --a --b; jupyter $O"],
    ["set O --ip=x; jupyter $O", "--ip", "set O; jupyter $O"],
    ["set H x; jupyter --ip=$H --y", "--ip", "set H x; jupyter --y"],
    ["begin; jupyter --ip=x; end", "--ip", "begin; jupyter; end"],
  ],
  replacements: [
    ["jupyter --ip x", "x", "jupyter --ip NEW"],
    ["jupyter --ip 'x'", "x", "jupyter --ip 'NEW'"],
    ['jupyter --ip "x"', "x", 'jupyter --ip "NEW"'],
    ['jupyter "--ip="x', "--ip", "jupyter NEW"],
    ["jupyter a\\ b", "'a b", "jupyter NEW"],
    ["jupyter ''", "''", "jupyter 'NEW'"],
    ["set H x; jupyter --ip $H", "x", "set H NEW; jupyter --ip $H"],
    ["set H 'x'; jupyter --ip \"$H\"", "x", "set H 'NEW'; jupyter --ip \"$H\""],
    ["jupyter --ip $H", "?", "jupyter --ip NEW"],
    ['jupyter --ip "x', "x", 'jupyter --ip "NEW'],
  ],
  additions: [
    ["jupyter lab # a", "lab", "jupyter lab --a=b c # a"],
    ["jupyter 'lab'; ls", "lab", "jupyter 'lab' --a=b c; ls"],
    ["jupyter lab &", "lab", "jupyter lab --a=b c &"],
  ],
  variables: [
    ["set -x A 1; jupyter", "A", "jupyter"],
    ["set -x A 1; and jupyter", "A", "jupyter"],
    ["set -gx A 1 && jupyter", "A", "jupyter"],
    ["set -x A 1\njupyter", "A", "jupyter"],
    ["set -x A 1 # why\njupyter", "A", "# why\njupyter"],
    ["  set -x A '1'\n  jupyter", "A", "  jupyter"],
    ["A=1 jupyter", "A", "jupyter"],
    ["A=1 B=2 jupyter", "B", "A=1 jupyter"],
    ["if set -x A 1; jupyter; end", "A", undefined],
    ["set -x A 1\nor true; jupyter", "A", undefined],
    ["false || set -x A 1; jupyter", "A", undefined],
  ],
});

provesCommands("fish", fishCommands, [
  ["jupyter lab --ip=0.0.0.0 --allow-root", ["jupyter lab --ip=0.0.0.0 --allow-root"]],
  ["set -x A 1; jupyter", ["A=1 jupyter"]],
  ["set -x A 1; set -e A; jupyter", ["jupyter"]],
  ["set A 1; set -x A 2; jupyter", ["A=2 jupyter"]],
  ["set A 1; jupyter", ["jupyter"]],
  ["begin; set -lx A 1; jupyter; end; mlflow ui", ["A=1 jupyter", "mlflow ui"]],
  ["A=1 B= jupyter", ["A=1 B='' jupyter"]],
  ["jupyter $args", ["jupyter ?*"]],
  ['jupyter "$args" --ip=$H', ["jupyter ? --ip=?"]],
  ["jupyter (seq 3) x$(pwd)", ["jupyter ?* x?"]],
  ["echo (jupyter lab)", ["jupyter lab"]],
  ["jupyter lab & mlflow ui", ["jupyter lab &", "mlflow ui"]],
  ["jupyter lab | tee log &", ["jupyter lab &", "tee log &"]],
  ["begin; jupyter lab; end &", ["jupyter lab &"]],
  ["if test -f x; set H a; else; set H b; end; jupyter $H", ["jupyter a", "jupyter b"]],
  ["for h in a b; jupyter $h; end", ["jupyter a", "jupyter b"]],
  ["switch $x; case a; jupyter; case '*'; mlflow ui; end", ["jupyter", "mlflow ui"]],
  ["function f; jupyter $argv; end", []],
  ["function f; jupyter $argv; end; f --ip=x", ["jupyter --ip=x"]],
  ["function f; f; end; f; jupyter", ["jupyter"]],
  ["set -x A 1; function f; set -x A 2; end; f; jupyter", ["A=2 jupyter"]],
  ["echo 'jupyter lab --ip=0.0.0.0'", []],
  ["# jupyter lab", []],
  ["exec jupyter lab; eval 'jupyter lab'", ["exec jupyter lab", "eval 'jupyter lab'"]],
  ["set H $undefined; jupyter $H", ["jupyter ?*"]],
]);
