import assert from "node:assert/strict";
import { powershellCommands } from "../../../../src/core/sources/powershell/commands.ts";
import { applyEdits } from "../../../../src/core/text.ts";
import { literal, origin, sliceWord, spelled, uses } from "../../../../src/core/word.ts";
import { commandsOf, provesCommands, provesEdits, provesReader } from "../dialect/reading.ts";

provesReader("powershell", powershellCommands, [
  ..."jupyter --ip=0.0.0.0 $x $env:X ${x} = += ' \" ` ( ) { } [ ] $( @( @{ ; & && || | . , @ @x # <# #> > 2>&1 -p:".split(
    " ",
  ),
  ..."if else foreach in while do switch try catch function param return --% %X% iex Start-Process -a 8 :: .a [0]".split(
    " ",
  ),
  ..."@' '@ @\" \"@ “ ’ \uE000 😀 \uD83D \0".split(" "),
  ..."\n|`\n|\r\n|\t|@'\n|\n'@|@\"\n|\n\"@|$x='iex $x';|iex $x;|$x=@(|$x+='a';|$x=return |if($x){}else{".split("|"),
]);

provesEdits("powershell", powershellCommands, {
  removals: [
    ["jupyter lab --ip=x --y", "--ip", "jupyter lab --y"],
    ["jupyter lab", "jupyter", undefined],
    ["jupyter lab '--ip=x' # why\n", "--ip", "jupyter lab # why\n"],
    ["jupyter `\n  --ip=x `\n  --y\n", "--ip", "jupyter `\n  --y\n"],
    ["jupyter `\r\n  --ip=x `\r\n  --y\r\n", "--ip", "jupyter `\r\n  --y\r\n"],
    ["jupyter --ip=x >log", "--ip", "jupyter >log"],
    ["& 'C:\\a b\\jupyter.exe' --ip=x; ls", "--ip", "& 'C:\\a b\\jupyter.exe'; ls"],
    ["$O = '--a', '--ip=x', '--b'; jupyter $O", "--ip", "$O = '--a', '--b'; jupyter $O"],
    ["$O = @('--ip=x', '--b'); jupyter @O", "--ip", "$O = @('--b'); jupyter @O"],
    ["$O = @('--ip=x'); jupyter @O", "--ip", "$O = @(); jupyter @O"],
    ["$H = '--ip=x'; $O = '--a', $H; jupyter $O $H", "--ip", "$H = '--ip=x'; $O = '--a'; jupyter $O $H"],
    ["$O = '--ip=x'; jupyter $O", "--ip", "$O = @(); jupyter $O"],
    ["[string]$O = '--ip=x'; jupyter $O", "--ip", undefined],
    ["$H = 'x'; jupyter --ip=$H --y", "--ip", "$H = 'x'; jupyter --y"],
    ["jupyter @('lab', '--ip=x')", "--ip", "jupyter @('lab')"],
    ["Start-Process jupyter -ArgumentList 'lab', '--ip=x'", "--ip", "Start-Process jupyter -ArgumentList 'lab'"],
    ["Start-Process jupyter -ArgumentList lab,--ip=x,--b", "--ip", "Start-Process jupyter -ArgumentList lab,--b"],
    ["Start-Process jupyter 'lab --ip=x --b'", "--ip", "Start-Process jupyter 'lab --b'"],
    ["Start-Process jupyter --ip=x", "--ip", undefined],
    ["iex 'jupyter --ip=x --y'", "--ip", "iex 'jupyter --y'"],
    ["if ($a) { jupyter --ip=x }", "--ip", "if ($a) { jupyter }"],
  ],
  replacements: [
    ["jupyter --ip x", "x", "jupyter --ip NEW"],
    ["jupyter --ip 'x'", "x", "jupyter --ip 'NEW'"],
    ['jupyter --ip "x"', "x", 'jupyter --ip "NEW"'],
    ["jupyter --ip=“x”", "--ip", "jupyter NEW"],
    ["jupyter a` b", "'a b", "jupyter NEW"],
    ["jupyter ''", "''", "jupyter 'NEW'"],
    ["$H = 'x'; jupyter --ip $H", "x", "$H = 'NEW'; jupyter --ip $H"],
    ["$H = 8888; jupyter --port $H", "8888", undefined],
    ["jupyter --ip $H", "?", "jupyter --ip NEW"],
    ['jupyter --ip "x', "x", 'jupyter --ip "NEW'],
    ["$O = @'\nx\n'@; jupyter $O", "x", "$O = @'\nNEW\n'@; jupyter $O"],
  ],
  additions: [
    ["jupyter lab # a", "lab", "jupyter lab --a=b c # a"],
    ["& 'jupyter' 'lab'; ls", "lab", "& 'jupyter' 'lab' --a=b c; ls"],
    ["jupyter lab &", "lab", "jupyter lab --a=b c &"],
    ["$O = 'lab', '--x'; jupyter $O", "lab", "$O = 'lab','--a=b','c', '--x'; jupyter $O"],
    ["$O = 'lab'; jupyter $O", "lab", undefined],
    ["jupyter @('lab')", "lab", undefined],
    ["Start-Process jupyter -ArgumentList lab", "lab", "Start-Process jupyter -ArgumentList lab,'--a=b','c'"],
  ],
  variables: [
    ["$env:A = '1'; jupyter", "A", "jupyter"],
    ["$env:A='1';jupyter", "A", "jupyter"],
    ["$env:A = '1' && jupyter", "A", "jupyter"],
    ["$env:A = '1'\njupyter", "A", "jupyter"],
    ["$env:A = '1' # why\njupyter", "A", "# why\njupyter"],
    ['  $Env:a = "1"\r\n  jupyter', "A", "  jupyter"],
    ["$env:A = '1' || true; jupyter", "A", undefined],
    ["& { $env:A = '1'; jupyter }", "A", "& { jupyter }"],
    ["if ($x) { $env:A = '1' }; jupyter", "A", undefined],
  ],
});

provesCommands("powershell", powershellCommands, [
  ["jupyter lab --ip=0.0.0.0 --ServerApp.token=''", ["jupyter lab --ip=0.0.0.0 --ServerApp.token="]],
  ['& "C:\\py\\Scripts\\jupyter-lab.exe" --ip 0.0.0.0', ["C:\\py\\Scripts\\jupyter-lab.exe --ip 0.0.0.0"]],
  ["docker run -d -p 8888:8888 img", ["docker run -d -p 8888:8888 img"]],
  ["docker run -p:8888:8888 img", ["docker run -p:8888:8888 img"]],
  ["$env:X='1'; jupyter lab", ["X=1 jupyter lab"]],
  ["$env:X = '1'\njupyter lab", ["X=1 jupyter lab"]],
  ['$Env:jupyter_token = "a$b"; jupyter lab', ["JUPYTER_TOKEN=a? jupyter lab"]],
  ["${env:X} = 1; jupyter --port $ENV:x", ["X=1 jupyter --port 1"]],
  ["$env:X = '1'; $env:X = $null; jupyter", ["jupyter"]],
  ["$env:X = ''; jupyter", ["X='' jupyter"]],
  ["$env:X = '1'; Remove-Item Env:\\X; jupyter", ["jupyter"]],
  ["$env:PATH += ';C:\\py'; jupyter", ["jupyter"]],
  ["$x = 1; jupyter $X", ["jupyter 1"]],
  ["$x = 'a b'; jupyter $x \"$x c\" '$x' d$x", ["jupyter 'a b' 'a b c' $x 'da b'"]],
  ["$x = 'a', 'b'; jupyter $x @x", ["jupyter a b a b"]],
  ["$x = @('a'\n'b'); jupyter $x[0] $x[-1] \"$x\"", ["jupyter a b 'a b'"]],
  ["$x = @(); $x += '--a'; $x += 'b', 'c'; jupyter @x", ["jupyter --a b c"]],
  ["$x = 'a'; $x += 'b'; jupyter $x", ["jupyter ab"]],
  ["$x = 'a' + 'b'; jupyter $x", ["jupyter ?*"]],
  ["$x = @{ jupyter = 'lab' }; jupyter @x", ["jupyter ?*"]],
  ["jupyter a,b a, b", ["jupyter a,b a, b"]],
  ["jupyter @('a', 'b') (1, 2)", ["jupyter a b 1 2"]],
  ["jupyter `\n  lab `\r\n  --ip=x", ["jupyter lab --ip=x"]],
  ['jupyter a`tb "c`"d" \'e\'\'f\' "g""h" `$x', ["jupyter 'a\tb' c\"d e'f g\"h $x"]],
  ["jupyter 'a'b \"c\"d e'f'\"g\"", ["jupyter a b c d efg"]],
  ["jupyter -Da.b=c --d.e=f -p$x", ["jupyter -Da .b=c --d.e=f -p$x"]],
  ["jupyter @scope/x a@b #c\nmlflow ui#x", ["jupyter @scope/x a@b", "mlflow ui#x"]],
  ["jupyter <# a\n b #> lab", ["jupyter lab"]],
  ['jupyter $x.Name $x[0].Id $x/y "$($x.Name)z" ${x}y', ["jupyter ?* ?* ?/y ?z ?y"]],
  ['$h = \'x\'; jupyter "${h}:8888" "$h:8888"', ["jupyter x:8888 ?"]],
  ["jupyter @'\na \"b\" $c\n'@ lab", ["jupyter 'a \"b\" $c' lab"]],
  ["$h = 'x'; jupyter @\"\na `$b $h\n\"@", ["jupyter 'a $b x'"]],
  ['jupyter --% --ip=%HOST% "a b" $x; y | tee log', ["jupyter --ip=? 'a b' $x; y", "tee log"]],
  ["jupyter lab > log 2>&1; mlflow ui *> $null", ["jupyter lab", "mlflow ui"]],
  ["jupyter lab --ip=x>log", ["jupyter lab --ip=x>log"]],
  ["jupyter lab & mlflow ui", ["jupyter lab &", "mlflow ui"]],
  ["jupyter lab && mlflow ui &", ["jupyter lab &", "mlflow ui &"]],
  ["jupyter lab || mlflow ui | tee log", ["jupyter lab", "mlflow ui", "tee log"]],
  ["$p = jupyter lab &; mlflow ui", ["jupyter lab &", "mlflow ui"]],
  ["Start-Process -FilePath jupyter -ArgumentList 'lab','--ip=x'", ["jupyter lab --ip=x &"]],
  ["start-process jupyter lab,--ip=x -Wait", ["jupyter lab --ip=x"]],
  ["saps -NoNewWindow jupyter -Args \"lab --ip=x\", '--a'", ["jupyter lab --ip=x --a &"]],
  ["$a = 'lab', '--ip=x'; $p = Start-Process jupyter $a -PassThru", ["jupyter lab --ip=x &"]],
  ["Start-Job { $env:A = '1'; jupyter lab }; mlflow ui", ["A=1 jupyter lab &", "Start-Job ?*", "mlflow ui"]],
  ["Invoke-Expression 'jupyter lab --ip=x; mlflow ui'", ["jupyter lab --ip=x", "mlflow ui"]],
  ['$c = "jupyter lab --ip=$h"; iex $c', ["jupyter lab --ip=?"]],
  ["iex $unknown", []],
  ["$x = 'iex $x; iex $x'; iex $x; jupyter", ["jupyter"]],
  ["& { jupyter lab } &; . { mlflow ui }", ["jupyter lab &", "mlflow ui"]],
  [". .\\serve.ps1 -Port 1; .\\run.ps1", [".\\serve.ps1 -Port 1", ".\\run.ps1"]],
  ["$exe = 'C:\\py\\jupyter.exe'; & $exe lab", ["C:\\py\\jupyter.exe lab"]],
  ["& (Get-Command jupyter) lab", ["Get-Command jupyter", "?* lab"]],
  [
    "if ($a) { $h = 'a' } elseif (b c) { $h = 'b' } else { $h = 'c' }; jupyter $h",
    ["b c", "jupyter a", "jupyter b", "jupyter c"],
  ],
  ["foreach ($h in 'a', 'b') { jupyter $h }", ["jupyter a", "jupyter b"]],
  ["1..2 | ForEach-Object { jupyter $_ }", ["jupyter ?*", "ForEach-Object ?*"]],
  ["while ($true) { jupyter } do { mlflow ui } until ($x)", ["jupyter", "mlflow ui"]],
  ["switch ($x) { 'a' { jupyter } default { mlflow ui } }", ["jupyter", "mlflow ui"]],
  [
    "try { jupyter } catch [System.Exception] { mlflow ui } finally { ray start }",
    ["jupyter", "mlflow ui", "ray start"],
  ],
  ["function f { jupyter @args }", []],
  ["function f($a) { jupyter $args[0] }; f --ip=x", ["jupyter --ip=x"]],
  ["$env:A='1'; function f { $env:A='2' }; f; jupyter", ["A=2 jupyter"]],
  ["$f = { jupyter lab }; & $f", ["jupyter lab"]],
  ["echo 'jupyter lab --ip=0.0.0.0'", []],
  ["'jupyter lab'; \"C:\\jupyter.exe\"; 5; $x; $x.Start('jupyter lab'); [int]5; # jupyter lab", []],
  ["(jupyter lab).Count; $y = $(mlflow ui)", ["jupyter lab", "mlflow ui"]],
  ["{ jupyter lab }; docker inspect -f {{json .Config}} x", ["docker inspect -f ?* x"]],
  ["7z x a.zip; 2to3 a", ["7z x a.zip", "2to3 a"]],
]);

describe("powershell: places", () => {
  it("points at a literal where it is written, and at what it came through", () => {
    const text = "$h = '0.0.0.0'; $o = '--x', \"--ip=$h\"; & jupyter lab @o";
    const word = commandsOf(powershellCommands, text)[0]?.words.at(-1);
    const written = (place: { start: number; end: number }) => text.slice(place.start, place.end);
    assert.equal(literal(word), "--ip=0.0.0.0");
    assert.ok(word && written(origin(word)).startsWith("--ip="));
    assert.deepEqual(uses(word).map(written), ["@o", "$h", "@o"]);
  });
});

describe("powershell: what may be put in", () => {
  const edited = (text: string, replacement: string) => {
    const edits = commandsOf(powershellCommands, text)[0]?.words.at(-1)?.edit.replace(replacement);
    return edits && applyEdits(text, edits);
  };
  // Each would be a list, a variable, the end of reading or two arguments.
  for (const replacement of ["a,b", "@a", "--%", "-a.b", ":a"]) {
    it(`${replacement} in quotes only`, () => {
      assert.equal(edited("jupyter x", replacement), undefined);
      assert.equal(edited("jupyter 'x'", replacement), `jupyter '${replacement}'`);
    });
  }

  // A parameter ends before its first dot, so that the address would be two arguments.
  for (const [text, result] of [
    ["mlflow -h=*", undefined],
    ["mlflow -h=*:80", undefined],
    ["mlflow '-h=*'", "mlflow '-h=127.0.0.1'"],
    ["mlflow --host=*", "mlflow --host=127.0.0.1"],
  ] as const) {
    it(`an address in a part of ${text} only where the word stays one`, () => {
      const word = commandsOf(powershellCommands, text)[0]?.words[1];
      const value = word && sliceWord(word, spelled(word).indexOf("=") + 1);
      const edits = value && sliceWord(value, 0, 1).edit.replace("127.0.0.1");
      assert.equal(edits && applyEdits(text, edits), result);
    });
  }
});
