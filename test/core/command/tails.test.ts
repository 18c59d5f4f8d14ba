import assert from "node:assert/strict";
import { withoutTails } from "../../../src/core/command/tails.ts";
import { mostWords } from "../../../src/core/invocation.ts";

describe("the words of a command that are too many to be read", () => {
  const kept = "x ".repeat(mostWords + 1);

  it("are blanks, so that the next command stands where it stood", () => {
    const text = `echo ${"x ".repeat(50_000)}; jupyter lab`;
    const seen = withoutTails(text);
    assert.equal(seen.length, text.length);
    assert.equal(seen.indexOf("; jupyter lab"), text.indexOf("; jupyter lab"));
    assert.equal(seen.split(/\s+/).length < mostWords + 10, true);
  });

  it("stay where a word among them is not plain, or belongs to the next command", () => {
    assert.equal(withoutTails(kept), kept);
    for (const text of [`${kept}$(id)`, `${kept}"a b"`, `${kept}\njupyter lab`, `${kept}|sh`])
      assert.equal(withoutTails(text), text);
    for (const end of ["&& jupyter lab", "x;jupyter lab", "x\njupyter lab", "x|sh", "x>file", 'x"y z"'])
      assert.equal(withoutTails(`${kept}x x ${end}`), `${kept}    ${end}`);
  });

  it("are counted anew behind whatever is not plain", () => {
    const text = `${"x ".repeat(mostWords - 1)};${kept};`.repeat(3);
    assert.equal(withoutTails(text) === text, true);
  });
});
