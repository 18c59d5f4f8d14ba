import assert from "node:assert/strict";
import { applyEdits } from "../../../../src/core/text.ts";
import { origin, uses } from "../../../../src/core/word.ts";
import { cut, fixture, imageOf, shown } from "./reading.ts";

describe("what an image starts", () => {
  const cases: { what: string; text: string; entrypoint?: string[]; command?: string[]; at: string }[] = [
    { what: "its command", text: 'FROM a\nCMD ["x"]', command: ["x"], at: 'CMD ["x"]' },
    { what: "its last command", text: 'FROM a\nCMD ["x"]\nCMD ["y"]', command: ["y"], at: 'CMD ["y"]' },
    {
      what: "shell form through a shell",
      text: "FROM a\nCMD x $Y",
      command: ["/bin/sh", "-c", "x $Y"],
      at: "CMD x $Y",
    },
    {
      what: "entrypoint and command",
      text: 'FROM a\nCMD ["x"]\nENTRYPOINT ["e"]',
      entrypoint: ["e"],
      command: ["x"],
      at: 'ENTRYPOINT ["e"]',
    },
    {
      what: "the entrypoint of a stage with a command of its own",
      text: 'FROM a AS b\nENTRYPOINT ["e"]\nFROM b\nCMD ["x"]',
      entrypoint: ["e"],
      command: ["x"],
      at: 'CMD ["x"]',
    },
    {
      what: "an entrypoint without the command it replaced",
      text: 'FROM a AS b\nCMD ["x"]\nFROM b\nENTRYPOINT ["e"]',
      entrypoint: ["e"],
      at: 'ENTRYPOINT ["e"]',
    },
    {
      what: "what its stage starts",
      text: 'FROM a AS b\nENTRYPOINT ["e"]\nCMD ["x"]\nFROM b AS c',
      entrypoint: ["e"],
      command: ["x"],
      at: "FROM b AS c",
    },
    { what: "nothing of another stage", text: 'FROM a AS b\nCMD ["x"]\nFROM a', at: "FROM a" },
    { what: "nothing of ONBUILD", text: "FROM a\nONBUILD CMD x\nHEALTHCHECK CMD y\nRUN z", at: "FROM a" },
  ];
  for (const { what, text, entrypoint, command, at } of cases) {
    it(`is ${what}`, () => {
      const image = imageOf(text);
      assert.deepEqual(image?.entrypoint?.map(shown), entrypoint);
      assert.deepEqual(image?.command?.map(shown), command);
      assert.equal(cut(text, image?.at), at);
    });
  }

  it("uses the words of SHELL", () => {
    const image = imageOf(fixture("shell-instruction.Dockerfile"));
    assert.deepEqual(image?.entrypoint?.slice(0, 4).map(shown), ["/bin/bash", "-o", "pipefail", "-c"]);
    assert.match(shown(image?.entrypoint?.[4]) ?? "", /^exec jupyter lab/);
  });

  it("marks the shell that nobody wrote", () => {
    const [shell, option, script] = imageOf("FROM a\nCMD x")?.command ?? [];
    assert.deepEqual([shell?.implied, option?.implied, script?.implied], [true, true, undefined]);
  });

  it("gives the script of shell form at its own offsets, without the comments in it", () => {
    const text = fixture("comments-in-continuation.Dockerfile");
    const script = imageOf(text)?.command?.[2];
    const [piece, ...rest] = script?.pieces ?? [];
    assert.deepEqual(rest, []);
    assert.ok(piece?.at && "text" in piece && script);
    assert.equal(piece.text.length, piece.at.end - piece.at.start);
    const at = piece.at.start + piece.text.indexOf("--ip=$HOST");
    assert.equal(text.slice(at, at + 10), "--ip=$HOST");
    assert.doesNotMatch(piece.text, /everyone/);
  });

  it("picks a target by name, in any case, or by number", () => {
    const text = fixture("stages.Dockerfile");
    const commandOf = (target: string) => imageOf(text, { target })?.entrypoint?.map(shown);
    assert.deepEqual(commandOf("NOTEBOOK"), ["/srv/app/start.sh"]);
    assert.deepEqual(commandOf("0"), ["tini", "--"]);
    assert.equal(imageOf(text, { target: "none" }), undefined);
  });

  it("is nothing without a FROM", () => assert.equal(imageOf("RUN a\nCMD b"), undefined));
});

describe("the base of an image", () => {
  const base = (text: string, options = {}) => shown(imageOf(text, options)?.base);

  it("is the image at the bottom of its stages", () => {
    assert.equal(base(fixture("stages.Dockerfile")), "quay.io/jupyter/base-notebook:latest");
    assert.equal(base(fixture("stages.Dockerfile"), { target: "final" }), "quay.io/jupyter/base-notebook:latest");
  });
  it("is unknown where an argument has no value", () => assert.equal(base("ARG T\nFROM a:$T"), "a:{$T}"));
  it("takes arguments from outside", () => {
    assert.equal(base("ARG T=1\nFROM a:$T", { args: new Map([["T", "2"]]) }), "a:2");
  });
  it("sees no argument of a stage", () => assert.equal(base("FROM a\nARG T=1\nFROM b:$T"), "b:{$T}"));
  it("is none for scratch", () => assert.equal(base("FROM scratch\nCMD x"), undefined));
});

describe("the variables of an image", () => {
  const chain = fixture("env-chain.Dockerfile");
  const values = (text: string, args = new Map<string, string>()) =>
    Object.fromEntries([...(imageOf(text, { args })?.env ?? [])].map(([name, { value }]) => [name, shown(value)]));

  it("have the values of ENV, with what ENV and ARG put into them", () => {
    assert.deepEqual(values(chain), {
      BIND: "127.0.0.1",
      ADDRESS: "0.0.0.0:5000",
      EMPTY: "",
      QUOTED: "$HOST",
      ESCAPED: "$HOST",
      OLD: "0.0.0.0",
      WITH: "yes",
      WITHOUT: "{${NOTHING:+yes}}",
      DEFAULT: "d",
      SET: "",
      CUT: "{${HOST%.0}}",
      ERROR: "0.0.0.0",
      NESTED: "127.0.0.1x",
      UNCLOSED: "{${HOST}",
      PORT: "6000",
      FINAL: "6000",
      PATH: "/opt/bin:{$PATH}",
    });
  });

  it("take arguments from outside before defaults, and ENV before both", () => {
    const given = values(
      chain,
      new Map([
        ["HOST", "::"],
        ["PORT", "1"],
        ["BIND", "2"],
      ]),
    );
    assert.deepEqual([given["ADDRESS"], given["FINAL"], given["BIND"]], [":::1", "6000", "127.0.0.1"]);
  });

  it("are inherited along FROM, not from other stages", () => {
    assert.deepEqual(values("FROM a AS x\nENV A=1\nFROM x\nENV B=$A"), { A: "1", B: "1" });
    assert.deepEqual(values("FROM a AS x\nENV A=1\nFROM a\nENV B=$A"), { B: "{$A}" });
  });

  it("see arguments of the stage they are made from", () => {
    assert.deepEqual(values("FROM a AS x\nARG A=1\nFROM x\nENV B=$A"), { B: "1" });
  });

  it("see a global argument only where it is declared again", () => {
    assert.deepEqual(values("ARG A=1\nFROM a\nENV B=$A\nARG A\nENV C=$A"), { B: "{$A}", C: "1" });
  });

  it("are read in the old form, to the end of the line", () => {
    assert.deepEqual(values(fixture("shell-instruction.Dockerfile")), {
      JUPYTER_TOKEN: "",
      MESSAGE: "hello there friend",
    });
  });

  it("do not grow without end", () => {
    const text = `FROM a\nENV A=xy\n${"ENV A=$A$A\n".repeat(60)}`;
    assert.ok((imageOf(text)?.env.get("A")?.value.pieces.length ?? 0) <= 40);
  });

  it("are reported where the literal stands, with each use on the way", () => {
    const value = imageOf(chain)?.env.get("OLD")?.value;
    assert.ok(value);
    assert.equal(origin(value).start, chain.indexOf("0.0.0.0"));
    assert.deepEqual(
      uses(value).map((use) => cut(chain, use)),
      ["$HOST", "$BIND"],
    );
    assert.equal(cut(chain, value.at), "$BIND");
    assert.equal(applyEdits(chain, value.edit.replace("127.0.0.1") ?? []), chain.replace("0.0.0.0", "127.0.0.1"));
  });

  const assignments: { text: string; name: string; at: string; removed: string; replaced: string }[] = [
    { text: "ENV A=1 B=2 C=3", name: "A", at: "A=1", removed: "ENV B=2 C=3", replaced: "ENV A=x B=2 C=3" },
    { text: "ENV A=1 B=2 C=3", name: "B", at: "B=2", removed: "ENV A=1 C=3", replaced: "ENV A=1 B=x C=3" },
    {
      text: "ENV A=1 \\\n  # c\n  B='2'",
      name: "B",
      at: "B='2'",
      removed: "ENV A=1",
      replaced: "ENV A=1 \\\n  # c\n  B='x'",
    },
    { text: 'ENV A="1 2"', name: "A", at: 'A="1 2"', removed: "", replaced: 'ENV A="x"' },
    { text: "ENV A=", name: "A", at: "A=", removed: "", replaced: "ENV A=x" },
    { text: "ENV A 1 2", name: "A", at: "A 1 2", removed: "", replaced: "ENV A x" },
  ];
  for (const { text, name, at, removed, replaced } of assignments) {
    it(`know their place in ${JSON.stringify(text)}`, () => {
      const whole = (line: string) => `FROM a\n${line === "" ? "" : `${line}\n`}CMD x\n`;
      const file = whole(text);
      const variable = imageOf(file)?.env.get(name);
      assert.equal(cut(file, variable?.at), at);
      assert.equal(applyEdits(file, variable?.value.edit.remove() ?? []), whole(removed));
      assert.equal(applyEdits(file, variable?.value.edit.replace("x") ?? []), whole(replaced));
    });
  }
});

describe("the user of an image", () => {
  const cases: { text: string; value: "root" | "other" | "unknown"; word?: string }[] = [
    { text: "FROM a", value: "unknown" },
    { text: "FROM a\nUSER root", value: "root", word: "root" },
    { text: "FROM a\nUSER 0", value: "root", word: "0" },
    { text: "FROM a\nUSER 0:0", value: "root", word: "0:0" },
    { text: "FROM a\nUSER root:root # no comment", value: "root", word: "root:root" },
    { text: "FROM a\nUSER root\nUSER 1000", value: "other", word: "1000" },
    { text: "FROM a\nENV U=0\nUSER ${U}:${G}", value: "root", word: "${U}:${G}" },
    { text: "FROM a\nUSER $U", value: "unknown", word: "$U" },
    { text: "FROM a\nUSER ${U:-1000}", value: "other", word: "${U:-1000}" },
    { text: "FROM a AS b\nUSER root\nFROM b", value: "root", word: "root" },
    { text: "FROM a AS b\nUSER root\nFROM a", value: "unknown" },
    { text: "FROM a\nUSER", value: "unknown" },
  ];
  for (const { text, value, word } of cases) {
    it(`is ${value} in ${JSON.stringify(text)}`, () => {
      const user = imageOf(text)?.user;
      assert.deepEqual([user?.value, cut(text, user?.word?.at)], [value, word]);
    });
  }

  it("remembers the variable it came through", () => {
    const text = fixture("stages.Dockerfile");
    const user = imageOf(text)?.user;
    assert.deepEqual(
      user?.via.map((place) => cut(text, place)),
      ["${NB_USER}"],
    );
    assert.equal(user?.word && cut(text, origin(user.word)), "root");
  });

  it("goes with its line", () => {
    const text = "FROM a\nUSER root\r\nCMD x\n";
    assert.equal(applyEdits(text, imageOf(text)?.user.word?.edit.remove() ?? []), "FROM a\nCMD x\n");
  });
});
