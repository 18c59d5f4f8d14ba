import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../../src/core/text.ts";
import { rebase } from "../../src/editor/rebase.ts";

type Change = { start: number; end: number; text: string };

function after(text: string, rounds: readonly (readonly Change[])[]): string {
  return rounds.reduce((current, edits) => applyEdits(current, edits), text);
}

describe("rounds of edits as one", () => {
  const cases: { name: string; rounds: Change[][]; edits: Change[] }[] = [
    { name: "none", rounds: [], edits: [] },
    {
      name: "one round stays as it is",
      rounds: [
        [
          { start: 4, end: 6, text: "" },
          { start: 0, end: 1, text: "X" },
        ],
      ],
      edits: [
        { start: 0, end: 1, text: "X" },
        { start: 4, end: 6, text: "" },
      ],
    },
    {
      name: "a second round counts in the text of the first",
      rounds: [[{ start: 0, end: 2, text: "" }], [{ start: 1, end: 2, text: "Y" }]],
      edits: [
        { start: 0, end: 2, text: "" },
        { start: 3, end: 4, text: "Y" },
      ],
    },
    {
      name: "an edit of what was put in is no edit of its own",
      rounds: [[{ start: 2, end: 2, text: "abc" }], [{ start: 3, end: 4, text: "" }]],
      edits: [{ start: 2, end: 2, text: "ac" }],
    },
    {
      name: "something put in at the end",
      rounds: [[{ start: 10, end: 10, text: "!" }]],
      edits: [{ start: 10, end: 10, text: "!" }],
    },
  ];
  for (const { name, rounds, edits } of cases)
    it(name, () => assert.deepEqual(rebase("0123456789".length, rounds), edits));

  it("come to the same text, whatever they are", () => {
    const edit = fc.tuple(fc.nat(30), fc.nat(5), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(edit, { maxLength: 6 }), (text, made) => {
        let current = text;
        const rounds = made.map(([from, length, put]) => {
          const start = Math.min(from, current.length);
          const round = [{ start, end: Math.min(start + length, current.length), text: put }];
          current = applyEdits(current, round);
          return round;
        });
        assert.equal(applyEdits(text, rebase(text.length, rounds)), after(text, rounds));
      }),
    );
  });
});
