import assert from "node:assert/strict";
import { mappedWord } from "../../../../src/core/mapped.ts";
import { scriptInvocations } from "../../../../src/core/sources/shell/script.ts";
import { origin } from "../../../../src/core/word.ts";
import { commandsOf, edited, mark, marked, open, showCommand } from "./read.ts";

describe("shell: standard input and scripts that are written", () => {
  const cases: [script: string, commands: string[]][] = [
    ["bash <<EOF\nrun\nEOF", ['bash <<< "run\\n"']],
    ["bash <<'EOF'\nrun $A \\$B\nEOF", ['bash <<< "run $A \\\\$B\\n"']],
    ["A=1; bash <<EOF\nrun $A \\$B $C\nEOF", ['bash <<< "run 1 $B ?\\n"']],
    ["bash <<-EOF\n\trun \\\n\t\ta\n\tEOF", ['bash <<< "run \\\\\\na\\n"']],
    ["bash <<-'EOF'\n\trun \\\n\t\ta\n\tEOF", ['bash <<< "run \\\\\\na\\n"']],
    ['A=1; bash <<< "run $A"', ['bash <<< "run 1"']],
    ["bash 3<<EOF\nrun\nEOF", ["bash"]],
    ["bash -s <<EOF >log\n$(run a)\nEOF", ["run a", 'bash -s <<< "?\\n"']],
    ["if a; then A=1; else A=2; fi\nbash <<EOF\nrun $A\nEOF", ["a", 'bash <<< "run 1\\n"', 'bash <<< "run 2\\n"']],
    ["cat <<EOF > x.sh\nrun\nEOF", ['cat <<< "run\\n"', "run"]],
    ["sudo tee /x/run.bash <<'EOF' >/dev/null\nrun $A\nEOF", ['sudo tee /x/run.bash <<< "run $A\\n"', "run ?*"]],
    ["cat > start <<EOF\n#!/usr/bin/env bash\nrun\nEOF", ['cat <<< "#!/usr/bin/env bash\\nrun\\n"', "run"]],
    ["cat > x.sh <<EOF\n#!/usr/bin/python\nrun\nEOF", ['cat <<< "#!/usr/bin/python\\nrun\\n"']],
    ["cat > x.py <<EOF\nrun\nEOF", ['cat <<< "run\\n"']],
    [
      "export A=1; B=2; cat > x.sh <<EOF\nrun $A $B \\$A \\$1\nEOF",
      ['A=1 cat <<< "run 1 2 $A $1\\n"', "run 1 2 ?* ?*"],
    ],
    ["cat > a.sh <<A\ncat > b.sh <<B\nrun\nB\nA", ['cat <<< "cat > b.sh <<B\\nrun\\nB\\n"', 'cat <<< "run\\n"', "run"]],
    ["cat > a.sh <<EOF\r\nrun a\r\nEOF\r\nrun b\r\n", ['cat <<< "\\nrun a\\n\\n"', "run a", "run b"]],
  ];
  for (const [script, commands] of cases) {
    it(script.replaceAll("\n", "⏎"), () => assert.deepEqual(commandsOf(script).map(showCommand), commands));
  }
});

describe("shell: scripts in a command's place", () => {
  const outer = (script: string) => {
    const [invocation] = open(script).invocations();
    assert.ok(invocation?.stdin);
    return { ...invocation, stdin: invocation.stdin };
  };

  it("runs them in the context of what starts them", () => {
    const invocation = outer("A=1 bash <<EOF\nB=2 run \\$A \\$1\nEOF");
    const inner = scriptInvocations(invocation.stdin, invocation, [...invocation.words]);
    assert.deepEqual(inner.map(showCommand), ["A=1 B=2 run 1 bash"]);
    assert.equal(inner[0]?.stdin, undefined);
    assert.equal(inner[0]?.runs, invocation.runs);
  });

  it("knows their places and how to edit them", () => {
    const { text, at } = marked("if a; then\n\tbash <<-EOF\n\t\trun --x \\\n\t\t\t«--ip=0.0.0.0»\n\tEOF\nfi");
    const invocation = open(text)
      .invocations()
      .find(({ stdin }) => stdin);
    assert.ok(invocation?.stdin);
    const [command] = scriptInvocations(invocation.stdin, invocation, []);
    const word = command?.words[2];
    assert.ok(word);
    assert.equal(mark(text, origin(word)), mark(text, at));
    assert.equal(edited(text, word.edit.remove()), "if a; then\n\tbash <<-EOF\n\t\trun --x\n\tEOF\nfi");
    assert.equal(
      edited(text, word.edit.replace("--ip=::1")),
      "if a; then\n\tbash <<-EOF\n\t\trun --x \\\n\t\t\t--ip=::1\n\tEOF\nfi",
    );
  });

  it("edits the script of `bash -c` through its quotes", () => {
    const script = 'bash -c "run --ip=\'0.0.0.0\' --port=\\"\\$PORT\\" \\\n  --x $Y"';
    const [invocation] = open(script).invocations();
    const word = invocation?.words[2];
    assert.ok(invocation && word);
    const [inner] = scriptInvocations(mappedWord(word), invocation, undefined);
    assert.ok(inner);
    assert.equal(showCommand(inner), "run --ip=0.0.0.0 --port=? --x ?*");
    assert.deepEqual(
      inner.words.slice(1).map((one) => edited(script, one.edit.remove())),
      [
        'bash -c "run --port=\\"\\$PORT\\" \\\n  --x $Y"',
        "bash -c \"run --ip='0.0.0.0' \\\n  --x $Y\"",
        'bash -c "run --ip=\'0.0.0.0\' --port=\\"\\$PORT\\" $Y"',
        'bash -c "run --ip=\'0.0.0.0\' --port=\\"\\$PORT\\" \\\n  --x"',
      ],
    );
  });

  it("does not edit text that was put together", () => {
    const invocation = outer("H=0.0.0.0; bash <<EOF\nrun --ip=$H a'b'c\nEOF");
    const [command] = scriptInvocations(invocation.stdin, invocation, []);
    assert.deepEqual(
      command?.words.map((word) => word.edit.remove() !== undefined),
      [false, false, true],
    );
  });
});
