import assert from "node:assert/strict";
import * as fc from "fast-check";
import { sliceWord } from "../../../../src/core/word.ts";
import { edited, placesOf, wordNamed } from "../following.ts";
import { fixtures, path, run } from "./reading.ts";

const call = (rest: string) => `import subprocess, os\nsubprocess.run(${rest})\n`;

/** What is given to `subprocess.run`, a word of it, and the same after the word was taken out. */
const removals: [before: string, word: string, after: string | undefined][] = [
  ['["jupyter", "--ip=x", "--y"]', "--ip=x", '["jupyter", "--y"]'],
  ['["jupyter", "--ip=x"]', "--ip=x", '["jupyter"]'],
  ["('jupyter', '--ip=x',)", "--ip=x", "('jupyter',)"],
  ['["jupyter",\n  "--ip=x",\n  "--y",\n]', "--ip=x", '["jupyter",\n  "--y",\n]'],
  ['["jupyter",  # a\n  "--ip=x",\n  "--y",\n]', "--ip=x", '["jupyter",  # a\n  \n  "--y",\n]'],
  ['["jupyter", *"--ip=x --y".split()]', "--y", '["jupyter", *"--ip=x".split()]'],
  ['["jupyter"] + ["--a", "--ip=x"]', "--ip=x", '["jupyter"] + ["--a"]'],
  ['"jupyter --ip=x --y", shell=True', "--ip=x", '"jupyter --y", shell=True'],
  ['"""jupyter \\\n  --ip=x --y""", shell=True', "--ip=x", '"""jupyter --y""", shell=True'],
  ['("jupyter "\n "--a --ip=x"), shell=True', "--ip=x", '("jupyter "\n "--a"), shell=True'],
];

const replacements: [before: string, word: string, from: number, after: string | undefined][] = [
  ['["jupyter", "--ip=x"]', "--ip=x", 5, '["jupyter", "--ip=NEW"]'],
  ["['jupyter', '--ip', r'x']", "x", 0, "['jupyter', '--ip', r'NEW']"],
  ['["jupyter", "a\\x20b"]', "'a b'", 0, '["jupyter", "NEW"]'],
  ['["jupyter", ""]', "''", 0, '["jupyter", "NEW"]'],
  ['["jupyter", """x"""]', "x", 0, '["jupyter", """NEW"""]'],
  ['["jupyter", f"--ip=x"]', "--ip=x", 5, '["jupyter", f"--ip=NEW"]'],
  ['["jupyter", "--ip=" + "x"]', "--ip=x", 5, '["jupyter", "--ip=" + "NEW"]'],
  ['["jupyter", os.environ.get("H", "x")]', "x", 0, '["jupyter", os.environ.get("H", "NEW")]'],
  ["f\"jupyter {os.getenv('H', 'x')}\", shell=True", "x", 0, "f\"jupyter {os.getenv('H', 'NEW')}\", shell=True"],
];

const additions: [before: string, word: string, after: string][] = [
  ['["jupyter", "lab"]', "lab", '["jupyter", "lab", "--a=b", "c"]'],
  ["['jupyter', 'lab', '--x']", "lab", "['jupyter', 'lab', '--a=b', 'c', '--x']"],
  ["'jupyter lab', shell=True", "lab", "'jupyter lab --a=b c', shell=True"],
];

describe("Python scripts: edits of words", () => {
  for (const [before, name, after] of removals) {
    it(`takes ${name} out of ${JSON.stringify(before)}`, () => {
      const result = edited(call(before), wordNamed(run(call(before)), name)?.edit.remove());
      assert.equal(result, after === undefined ? undefined : call(after));
    });
  }
  for (const [before, name, from, after] of replacements) {
    it(`replaces ${name} from ${from} in ${before}`, () => {
      const word = wordNamed(run(call(before)), name);
      assert.ok(word);
      const part = from === 0 ? word : sliceWord(word, from);
      assert.equal(edited(call(before), part.edit.replace("NEW")), after === undefined ? undefined : call(after));
      assert.equal(part.edit.replace('not "insertable'), undefined);
    });
  }
  for (const [before, name, after] of additions) {
    it(`adds words behind ${name} in ${before}`, () => {
      const word = wordNamed(run(call(before)), name);
      assert.equal(edited(call(before), word?.edit.after(["--a=b", "c"])), call(after));
    });
  }

  it("replaces a constant where it stands", () => {
    const text = `HOST = "x"  # why\n${call('["jupyter", f"--ip={HOST}"]')}`;
    const word = wordNamed(run(text), "--ip=x");
    assert.equal(edited(text, word && sliceWord(word, 5).edit.replace("NEW")), text.replace('"x"', '"NEW"'));
  });

  const assignments: [text: string, without: string | undefined][] = [
    ['import os\nos.environ["T"] = "x"\nos.system("jupyter")\n', 'import os\nos.system("jupyter")\n'],
    ['import os\nif __name__ == "__main__":\n  os.environ["T"] = "x"\nos.system("jupyter")\n', undefined],
    ['import os\nos.environ["T"] = "x"; os.system("jupyter")\n', undefined],
    [call('["a"], env={"A": "1", "T": "x"}'), call('["a"], env={"A": "1"}')],
    [call('["a"], env={**os.environ, "T": "x", "B": "2"}'), call('["a"], env={**os.environ, "B": "2"}')],
  ];
  for (const [text, without] of assignments) {
    it(`takes T out of ${JSON.stringify(text)}`, () => {
      const value = run(text).commands.at(-1)?.env.get("T")?.value;
      assert.ok(value);
      assert.equal(edited(text, value.edit.remove()), without);
      assert.equal(edited(text, value.edit.replace("NEW")), text.replace('"x"', '"NEW"'));
    });
  }

  const samples = [
    '["jupyter", "lab", "--ip", "0.0.0.0", "--x"]',
    '[\n    "jupyter",\n    "lab",\n    "--ip", "0.0.0.0",\n    "--x",\n]',
    '["jupyter",  # a\n "lab", # b\n "--ip",\n # c\n "0.0.0.0"]',
  ];
  for (const sample of samples) {
    it(`takes any words but the first two out of ${JSON.stringify(sample)}`, () => {
      const { words = [] } = run(call(sample)).commands[0] ?? {};
      return fc.assert(
        fc.property(fc.subarray(words.slice(2)), (chosen) => {
          const text = edited(
            call(sample),
            chosen.flatMap((word) => word.edit.remove() ?? []),
          );
          const left = run(text ?? "").commands[0]?.words ?? [];
          assert.equal(left.length, words.length - chosen.length);
        }),
        { numRuns: 30 },
      );
    });
  }
});

describe("Python scripts: whatever the text", () => {
  const holds = (text: string) => {
    for (const at of placesOf(run(text))) {
      assert.equal(at.path, path);
      assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length, JSON.stringify(at));
    }
  };
  for (const { name, text } of fixtures) {
    it(`reads every beginning of ${name}`, () => {
      for (let end = 0; end <= text.length; end++) holds(text.slice(0, end));
    }).timeout(10_000);
  }

  const parts = [
    ..."import subprocess from as , ( ) [ ] { } : = += + * ** . a b cmd if else for in while try except with def class return".split(
      " ",
    ),
    ...'subprocess.run( subprocess.Popen([ os.system(" os.environ[" "] env= shell=True " \' """ f" {a} {{ \\ \\x r" jupyter lab --ip=0.0.0.0'.split(
      " ",
    ),
    ...[
      "\n",
      "\n",
      "\n  ",
      " ",
      " ",
      "#",
      "\r\n",
      "\uE000",
      "😀",
      "\0",
      "import subprocess, os\n",
      'a = ["b"]\n',
      "a += a\n",
      "a.append(a)\n",
    ],
  ];
  const chosen = fc.array(fc.constantFrom(...parts), { maxLength: 40 });
  it("never throws, and never points outside of it", () => {
    const texts = fc.oneof(
      chosen.map((list) => `import subprocess, os\n${list.join("")}`),
      chosen.map((list) => list.join(" ")),
      fc.string({ unit: "binary" }),
    );
    return fc.assert(fc.property(texts, holds), { numRuns: 1000 });
  }).timeout(20_000);

  const towers: [name: string, text: string][] = [
    ["lists in lists", `import subprocess\nsubprocess.run(${"[".repeat(50_000)}`],
    ["calls in calls", `import subprocess\n${"subprocess.run(".repeat(5_000)}`],
    ["a long sum", `import subprocess\nsubprocess.run(["a"]${' + ["b"]'.repeat(3_000)})\n`],
    ["a long list", `import subprocess\nsubprocess.run([${'"a", '.repeat(5_000)}])\n`],
    ["a list that doubles", `import subprocess\na = ["x", "y"]\n${"a += a\n".repeat(60)}subprocess.run(a)\n`],
    ["a list added to", `import subprocess\na = []\n${'a.append("x")\n'.repeat(7_000)}subprocess.run(a)\n`],
    ["blocks in blocks", Array.from({ length: 400 }, (_, n) => `${" ".repeat(n)}if a:\n`).join("")],
    ["functions in functions", Array.from({ length: 400 }, (_, n) => `${" ".repeat(n)}def a():\n`).join("")],
    ["many branches", `import subprocess\n${'if a:\n  b = "x"\nsubprocess.run(["c", b])\n'.repeat(300)}`],
    ["a long string", `import subprocess\nsubprocess.run("${"\\x41\\\n".repeat(15_000)}", shell=True)\n`],
    [
      "an ordinary script",
      `import subprocess\n${'def f(a, b=1):\n    x = [y.z(a, k="v") for y in b]\n    return {"a": x, "b": f"{a}"}\n\n'.repeat(1_000)}`,
    ],
  ];
  for (const [name, text] of towers) {
    it(`answers in time to ${name}`, () => {
      const start = performance.now();
      holds(text);
      const took = performance.now() - start;
      if (process.env["TIMES"]) console.log(name, text.length, Math.round(took));
      assert.ok(took < 3000, `${took} ms`);
    }).timeout(20_000);
  }
});
