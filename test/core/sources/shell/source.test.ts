import assert from "node:assert/strict";
import { shell } from "../../../../src/core/sources/shell/shell.ts";
import { open, showCommand } from "./read.ts";

describe("shell: which files it reads", () => {
  const accepted: [path: string, text: string][] = [
    ["a/start.sh", ""],
    ["start.BASH", ""],
    ["x.zsh", "echo"],
    ["x.ksh", ""],
    ["home/.bashrc", ""],
    [".zshrc", ""],
    [".profile", ""],
    [".bash_profile", ""],
    [".envrc", ""],
    ["start", "#!/bin/sh\n"],
    ["start", "#! /usr/bin/env bash"],
    ["start", "\uFEFF#!/usr/bin/env -S bash -eu\r\n"],
    ["start", "#!/bin/zsh -f\n"],
    ["start", "#!/usr/bin/dash"],
    ["job.slurm", "#!/bin/bash -l\n#SBATCH"],
    ["run", "#!/command/with-contenv bash\n"],
  ];
  const refused: [path: string, text: string][] = [
    ["start", "jupyter lab"],
    ["start", "#!/usr/bin/env python3\n"],
    ["start.sh", "#!/usr/bin/perl\n"],
    ["start.sh", "#!/usr/bin/fish"],
    ["x.fish", ""],
    ["x.md", "text\n#!/bin/sh"],
    ["bashrc.py", ""],
    ["Dockerfile", "FROM x"],
  ];
  for (const [path, text] of accepted) it(`${path} ${text}`, () => assert.ok(shell.accepts(path, text)));
  for (const [path, text] of refused) it(`not ${path} ${text}`, () => assert.ok(!shell.accepts(path, text)));
});

describe("shell: an opened script", () => {
  it("runs nobody knows where or as whom, and publishes nothing", () => {
    const [invocation] = open("A=1 jupyter lab").invocations();
    assert.ok(invocation);
    assert.equal(showCommand(invocation), "A=1 jupyter lab");
    assert.deepEqual(invocation.runs, { on: "unknown", publishes: [] });
    assert.deepEqual(invocation.user, { value: "unknown", via: [] });
    assert.deepEqual(invocation.because, []);
    assert.deepEqual(open("jupyter lab").links(), []);
  });

  it("says what it leaves out", () => {
    const limits = (text: string) =>
      open(text)
        .limits()
        .map(({ what }) => what);
    assert.deepEqual(limits("a"), []);
    assert.deepEqual(limits(`# ${"x".repeat(1_000_001)}\na`), ["size"]);
    assert.deepEqual(limits(`a ${"$(".repeat(5000)}x${")".repeat(5000)}`), ["nesting"]);
    assert.deepEqual(limits(`${"if a; then\n".repeat(60)}x\n${"fi\n".repeat(60)}`), ["nesting"]);
    assert.deepEqual(limits("f() ".repeat(5000)), ["nesting"]);
  });
});

describe("shell: unfinished scripts", () => {
  const cases: [script: string, commands: string[]][] = [
    ['jupyter --ip="0.0.0.0\nray start --head\n', ["jupyter --ip=0.0.0.0", "ray start --head"]],
    ["jupyter --a='x\nray start 'b'\nmlflow ui\n", ["jupyter --a=x", "ray start b", "mlflow ui"]],
    ['jupyter "it\'s\nray start "b"\nmlflow ui "c"\n', ["jupyter it's", "ray start b", "mlflow ui c"]],
    ['A="x\ny"\njupyter "a\nray "b"\n', ["jupyter a", "ray b"]],
    ["jupyter $(nproc\nray start\n", ["nproc", "jupyter ?*", "ray start"]],
    ["jupyter ${HOST\nray start\n", ["jupyter ?*", "ray start"]],
    ["jupyter `nproc\nray start\n", ["nproc", "jupyter ?*", "ray start"]],
    ["if true; then\n  jupyter lab\n", ["jupyter lab"]],
    ["fi\njupyter lab )\nray start\n", ["jupyter lab", "ray start"]],
    ['if a; then\n  jupyter "x\nfi\nray start\n', ["a", "jupyter x", "ray start"]],
    ["cat > a.sh <<EOF\njupyter lab\n", ['cat <<< "jupyter lab\\n"', "jupyter lab"]],
    ["jupyter lab \\", ["jupyter lab"]],
    ["for x in a b", []],
    ["A=(--x\njupyter lab", ["jupyter lab"]],
    ['A="x\njupyter lab\nB="p\nq"\n', ["jupyter lab"]],
  ];
  for (const [script, commands] of cases) {
    it(script.replaceAll("\n", "⏎"), () => assert.deepEqual(open(script).invocations().map(showCommand), commands));
  }
});
