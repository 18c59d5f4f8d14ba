import assert from "node:assert/strict";
import { printable } from "../../src/cli/cells.ts";
import { excerpt } from "../../src/cli/excerpt.ts";

describe("the excerpt of a line", () => {
  /** `«…»` is the marked part. */
  const rows: { name: string; text: string; room?: number; line: string; mark: string }[] = [
    { name: "a word", text: "lab «--ip=*» -y", line: "lab --ip=* -y", mark: "    ~~~~~~" },
    { name: "an empty place", text: "token=«»", line: "token=", mark: "      ^" },
    { name: "a tab before the word", text: "\tlab «*»", line: "    lab *", mark: "        ~" },
    { name: "a tab in mid-line", text: "ab\t«*»", line: "ab  *", mark: "    ~" },
    { name: "a tab in the word", text: "a«b\tc»", line: "ab  c", mark: " ~~~~" },
    { name: "emoji before the word", text: "🚀 lab «*»", line: "🚀 lab *", mark: "       ~" },
    { name: "an emoji of several", text: "👩‍👩‍👧 «*»", line: "👩‍👩‍👧 *", mark: "   ~" },
    { name: "an emoji in the word", text: "«a🚀b»", line: "a🚀b", mark: "~~~~" },
    { name: "wide letters", text: "端口 «*»", line: "端口 *", mark: "     ~" },
    { name: "an accent of its own", text: "cafe\u0301 «*»", line: "cafe\u0301 *", mark: "     ~" },
    { name: "a byte order mark", text: "\uFEFFlab «*»", line: "lab *", mark: "    ~" },
    { name: "an escape sequence", text: "\u001B[2J«*»", line: "\uFFFD[2J*", mark: "    ~" },
    { name: "a line too wide behind", text: "«ab» cdefghijkl", room: 8, line: "ab cdef…", mark: "~~" },
    { name: "a line too wide before", text: "abcdefghij «kl»", room: 8, line: "…ghij kl", mark: "      ~~" },
    { name: "a line too wide on both sides", text: "abcdefgh «ij» klmnopqr", room: 9, line: "… ij klm…", mark: "  ~~" },
    { name: "a word wider than all room", text: "ab «cdefghijklmn» op", room: 6, line: "…defg…", mark: "~~~~~~" },
    { name: "half of a wide letter", text: "端端端端 «ab»", room: 5, line: "…  ab", mark: "   ~~" },
  ];
  for (const { name, text, room = 80, line, mark } of rows) {
    it(`draws ${name}`, () => {
      const start = text.indexOf("«");
      const end = text.indexOf("»") - 1;
      assert.deepEqual(excerpt(text.replace(/[«»]/g, ""), start, end, room), { line, mark });
    });
  }

  it("draws a line of a megabyte at once", () => {
    const { line, mark } = excerpt("a".repeat(1_000_000), 500_000, 500_003, 60);
    assert.deepEqual([line.length, line.at(0), line.at(-1), mark.trim()], [60, "…", "…", "~~~"]);
  });

  it("keeps control and direction characters of a text away from the terminal", () => {
    assert.equal(printable("a\u001B]0;x\u0007b\u202Ec"), "a\uFFFD]0;x\uFFFDb\uFFFDc");
  });
});
