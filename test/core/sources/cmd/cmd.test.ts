import assert from "node:assert/strict";
import { cmdCommands } from "../../../../src/core/sources/cmd/commands.ts";
import { commandsOf, provesCommands, provesEdits, provesReader } from "../dialect/reading.ts";

provesReader("cmd", cmdCommands, [
  ...'jupyter --ip=0.0.0.0 set /a /p X= "X=1" %X% %X:~0,3% !X! %% % " \\" \\ ^ ( ) & && || | > 2>&1 < @'.split(" "),
  ..."if not exist defined == equ else for %i %~dpi in do /f call start /b /wait /d cmd /c rem :: , ; =".split(" "),
  ...'\n,^\n,\r\n,^\r\n,\t,set X=1 && ,cmd /c ",for %i in (a b) do ,if a==b (,start "" ,\uE000,😀,\uD83D,\0'.split(","),
]);

provesEdits("cmd", cmdCommands, {
  removals: [
    ["jupyter lab --ip=x --y", "--ip", "jupyter lab --y"],
    ["jupyter lab", "jupyter", undefined],
    ['jupyter lab "--ip=x" & dir', "--ip", "jupyter lab & dir"],
    ["jupyter ^\n  --ip=x ^\n  --y\n", "--ip", "jupyter ^\n  --y\n"],
    ["jupyter ^\r\n  --ip=x ^\r\n  --y\r\n", "--ip", "jupyter ^\r\n  --y\r\n"],
    ["jupyter --ip=x>log 2>&1", "--ip", "jupyter>log 2>&1"],
    ["set O=--a --ip=x --b\njupyter %O%", "--ip", "set O=--a --b\njupyter %O%"],
    ["set H=x\njupyter --ip=%H% --y", "--ip", "set H=x\njupyter --y"],
    ['cmd /c "jupyter --ip=x"', "--ip", 'cmd /c "jupyter"'],
    ["if exist a (jupyter --ip=x) else (dir)", "--ip", "if exist a (jupyter) else (dir)"],
    ['start "" /b jupyter --ip=x', "--ip", 'start "" /b jupyter'],
  ],
  replacements: [
    ["jupyter --ip x", "x", "jupyter --ip NEW"],
    ['jupyter --ip "x"', "x", 'jupyter --ip "NEW"'],
    ['jupyter "--ip="x', "--ip", "jupyter NEW"],
    ['jupyter ""', "''", 'jupyter "NEW"'],
    ["jupyter a^&b", "a&b", "jupyter NEW"],
    ["set H=x\njupyter --ip %H%", "x", "set H=NEW\njupyter --ip %H%"],
    ['set "H=x"\njupyter --ip "%H%"', "x", 'set "H=NEW"\njupyter --ip "%H%"'],
    ["jupyter --ip %H%", "?", "jupyter --ip NEW"],
    ['jupyter --ip "x', "x", 'jupyter --ip "NEW'],
    ['cmd /c "jupyter --ip x"', "x", 'cmd /c "jupyter --ip NEW"'],
  ],
  additions: [
    ["jupyter lab & dir", "lab", "jupyter lab --a=b c & dir"],
    ['jupyter "lab"', "lab", 'jupyter "lab" --a=b c'],
    ["(jupyter lab)", "lab", "(jupyter lab --a=b c)"],
    ["jupyter lab>log", "lab", "jupyter lab --a=b c>log"],
  ],
  variables: [
    ["set A=1 && jupyter", "A", "jupyter"],
    ["set A=1&& jupyter", "A", "jupyter"],
    ['set "A=1" & jupyter', "A", "jupyter"],
    ["set A=1\r\njupyter", "A", "jupyter"],
    ["  @set A=1\n  jupyter", "A", "  jupyter"],
    ["set A=1 && ^\njupyter", "A", "jupyter"],
    ['cmd /c "set A=1 && jupyter"', "A", 'cmd /c "jupyter"'],
    ["dir || set A=1\njupyter", "A", undefined],
    ["set A=1 || dir\njupyter", "A", undefined],
    ["(\nset A=1\n)\njupyter", "A", undefined],
    ["if exist x set A=1\njupyter", "A", undefined],
  ],
});

provesCommands("cmd", cmdCommands, [
  ["jupyter lab --ip=0.0.0.0 --allow-root", ["jupyter lab --ip=0.0.0.0 --allow-root"]],
  ["set X=1 && jupyter", ["X='1 ' jupyter"]],
  ["set X=1&& jupyter", ["X=1 jupyter"]],
  ['set "X=1" && jupyter', ["X=1 jupyter"]],
  ['set X="1"\njupyter %X% "%X%"', ['X="1" jupyter ?* ?']],
  ["set X=a^&b& jupyter", ["X=a&b jupyter"]],
  ["set X=1\nset X=\njupyter", ["jupyter"]],
  ["set X\nset\njupyter", ["jupyter"]],
  ["set /a X=1+1\njupyter %X%", ["X=? jupyter ?*"]],
  ["set /p X=Which port? & jupyter", ["X=? jupyter"]],
  ["set H=h && jupyter %H%", ["H='h ' jupyter ?*"]],
  ["set H=h\njupyter --ip=%h%", ["H=h jupyter --ip=h"]],
  ['set O=--a --b\njupyter %O% "%O%"', ["O='--a --b' jupyter --a --b '--a --b'"]],
  ["(\nset H=h\njupyter %H%\n)\njupyter %H%", ["H=h jupyter ?*", "H=h jupyter h"]],
  ["jupyter %H:~0,3% !H! %% 50% a!", ["jupyter ?* ?* %% 50% a!"]],
  ["jupyter ^\n  lab ^\r\n --y", ["jupyter lab --y"]],
  ["jupy^ter a^^b ^%H^% a^&b", ["jupyter a^b %H% a&b"]],
  ['jupyter "a & b" "c|d" --x="e f"', ["jupyter 'a & b' c|d '--x=e f'"]],
  ['python -c "print(\\"a b\\")" "x\\\\" y\\z', ["python -c 'print(\"a b\")' x\\ y\\z"]],
  ["jupyter http://x/a%20b%20c", ["jupyter http://x/a%20b%20c"]],
  ['jupyter "" a"b c"d', ["jupyter '' 'ab cd'"]],
  ['"C:\\Program Files\\py\\jupyter-lab.exe" --ip=x', ["'C:\\Program Files\\py\\jupyter-lab.exe' --ip=x"]],
  [".\\venv\\Scripts\\jupyter.exe lab & mlflow ui", [".\\venv\\Scripts\\jupyter.exe lab", "mlflow ui"]],
  ["jupyter lab | findstr x || mlflow ui", ["jupyter lab", "findstr x", "mlflow ui"]],
  [">log 2>&1 jupyter lab <nul 2>>err --y", ["jupyter lab --y"]],
  ["@jupyter lab & @echo off", ["jupyter lab"]],
  ["call jupyter lab", ["jupyter lab"]],
  ['start "title" /b jupyter lab', ["jupyter lab &"]],
  ['start /d "C:\\a b" /min jupyter lab & mlflow ui', ["jupyter lab &", "mlflow ui"]],
  ['start "" /wait jupyter lab', ["jupyter lab"]],
  ["cmd /c jupyter lab & mlflow ui", ["jupyter lab", "mlflow ui"]],
  ['cmd.exe /s /c "set X=1&& jupyter lab" & mlflow ui', ["X=1 jupyter lab", "mlflow ui"]],
  ['cmd /c "C:\\a b\\jupyter.exe" lab', ["'C:\\a b\\jupyter.exe' lab"]],
  ['start /b cmd /c "jupyter lab & mlflow ui"', ["jupyter lab &", "mlflow ui &"]],
  ["rem jupyter lab\n:: jupyter lab\n:jupyter", []],
  ["echo jupyter lab --ip=0.0.0.0", []],
  ["if exist x (set H=a) else (set H=b)\njupyter %H%", ["H=a jupyter a", "H=b jupyter b"]],
  ['if /i not "%X%"=="" jupyter lab & mlflow ui', ["jupyter lab", "mlflow ui"]],
  ["if %X% equ 1 (\n  jupyter lab\n) else if defined Y (\n  mlflow ui\n)", ["jupyter lab", "mlflow ui"]],
  ["for %i in (a b) do jupyter %i & mlflow %~i", ["jupyter a", "jupyter b", "mlflow ?*"]],
  ["for %i in (a,b) do @(jupyter --ip=%i)", ["jupyter --ip=a", "jupyter --ip=b"]],
  ["for /l %i in (1,1,5) do jupyter %i", ["jupyter ?*"]],
  ["for %f in (*.py) do python %f", ["python ?*"]],
  ["jupyter (lab) a,b;c=d", ["jupyter (lab) a,b;c=d"]],
  ["set H=h\njupyter %H% & set H=i", ["H=h jupyter h"]],
]);

describe("cmd: what may be put in", () => {
  it("is no percent sign, which begins a variable between quotes as well", () => {
    for (const word of commandsOf(cmdCommands, 'jupyter "lab"')[0]?.words ?? []) {
      assert.equal(word.edit.replace("%x%"), undefined);
      assert.equal(word.edit.after(["%x%"]), undefined);
    }
  });
});

describe("cmd: a value that would be read once more", () => {
  it("is unknown where it is put in, and passed on as it is", () => {
    for (const value of ['"a b"', "a^&b", "a^|b", "a^^b"]) {
      const words = commandsOf(cmdCommands, `set X=${value}\njupyter %X%`)[0]?.words ?? [];
      assert.equal(words[1]?.splits, true, value);
    }
  });
});
