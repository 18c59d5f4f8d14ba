import assert from "node:assert/strict";
import { harmless } from "../../src/tunnel/harmless.ts";

describe("text from a host we do not know", () => {
  const dangerous: Record<string, string> = {
    "an escape sequence": "\u001b]0;title\u0007",
    "a C1 control": "\u009b2J",
    "a turn of the reading direction": "\u202egnp.exe",
    "a character without width": "roo\u200bt",
    "a soft hyphen": "ro\u00adot",
    "a vowel separator, which is not seen": "ro\u180eot",
    "a tag, which is not seen": "root\u{e0041}",
    "a line separator": "one\u2028two",
    "a line that is written over": "bad\rgood",
  };
  const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
  for (const [what, text] of Object.entries(dangerous)) {
    it(`makes ${what} visible`, () => assert.doesNotMatch(harmless(text, { oneLine: true }), obeyed));
  }

  it("leaves text of every language as it is, with its line breaks", () => {
    const text = "Passwort für José:\nπρόσβαση, доступ, 访问, 🔑";
    assert.equal(harmless(text), text);
    assert.equal(harmless("a\r\nb\tc", { oneLine: true }), "a b c");
    assert.equal(harmless("x".repeat(10), { most: 3 }), "xxx");
  });
});
