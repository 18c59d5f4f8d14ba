import assert from "node:assert/strict";
import { applyEdits, type Edit } from "../../../../src/core/text.ts";
import { sliceWord, type Word } from "../../../../src/core/word.ts";
import { cut, fixture, imageOf, shown } from "./reading.ts";

function commandOf(text: string, target?: string): readonly Word[] {
  return imageOf(text, target === undefined ? {} : { target })?.command ?? [];
}

function edited(text: string, edits: readonly Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}

describe("exec form", () => {
  const text = fixture("exec-or-not.Dockerfile");

  it("is a JSON array of strings, each word with its quotes", () => {
    const words = commandOf(text, "valid");
    assert.deepEqual(words.map(shown), ["jupyter", "lab", "--ip=0.0.0.0", "a\\b", '"q"']);
    assert.deepEqual(
      words.map((word) => cut(text, word.at)),
      ['"jupyter"', '"lab"', '"--ip=\\u0030.0.0.0"', '"a\\\\b"', '"\\"q\\""'],
    );
  });

  it("goes over lines, with comments between", () => {
    assert.deepEqual(commandOf(text, "several-lines").map(shown), ["jupyter", "lab", "--ip=0.0.0.0"]);
  });

  for (const target of ["single-quotes", "trailing-comma", "bad-escape", "rest", "number", "open", "test-command"]) {
    it(`is silently shell form: ${target}`, () => {
      assert.deepEqual(commandOf(text, target).slice(0, 2).map(shown), ["/bin/sh", "-c"]);
    });
  }

  it("may be empty", () => assert.deepEqual(imageOf(text, { target: "empty" })?.entrypoint, []));

  it("expands nothing", () => {
    const [word] = commandOf('FROM a\nENV IP=0.0.0.0\nCMD ["--ip=$IP"]');
    assert.deepEqual(word?.pieces.map(Object.keys), [["text", "at"]]);
    assert.equal(shown(word), "--ip=$IP");
  });

  it("keeps the place of what stands around an escape", () => {
    const word = commandOf(text, "valid")[2];
    assert.ok(word);
    assert.equal(cut(text, sliceWord(word, 0, 4).at), "--ip");
    assert.equal(cut(text, sliceWord(word, 5).at), "\\u0030.0.0.0");
  });
});

describe("a word of exec form", () => {
  const array = (body: string) => `FROM a\nCMD ${body}\n`;
  const text = array('["a", "b" ,\t"c"]');

  const cases: { what: string; edit: (words: readonly Word[]) => Edit[] | undefined; body: string | undefined }[] = [
    { what: "is replaced within its quotes", edit: ([, b]) => b?.edit.replace("x=1"), body: '["a", "x=1" ,\t"c"]' },
    { what: "is replaced by nothing that needs quoting", edit: ([, b]) => b?.edit.replace('"'), body: undefined },
    { what: "goes with the comma before it", edit: ([, b]) => b?.edit.remove(), body: '["a" ,\t"c"]' },
    {
      what: "goes with the comma behind it when it is the first",
      edit: ([a]) => a?.edit.remove(),
      body: '["b" ,\t"c"]',
    },
    { what: "goes from the end", edit: ([, , c]) => c?.edit.remove(), body: '["a", "b"]' },
    { what: "is followed by more", edit: ([, b]) => b?.edit.after(["x", "y"]), body: '["a", "b", "x", "y" ,\t"c"]' },
  ];
  for (const { what, edit, body } of cases) {
    it(what, () => assert.equal(edited(text, edit(commandOf(text))), body === undefined ? undefined : array(body)));
  }

  it("stays when it is the only one", () => {
    assert.equal(commandOf(array('["a"]'))[0]?.edit.remove(), undefined);
  });

  it("is replaced in part", () => {
    const flag = array('["jupyter", "--ip=0.0.0.0"]');
    const word = commandOf(flag)[1];
    assert.ok(word);
    assert.equal(
      edited(flag, sliceWord(word, "--ip=".length).edit.replace("127.0.0.1")),
      array('["jupyter", "--ip=127.0.0.1"]'),
    );
  });
});
