import assert from "node:assert/strict";
import { interpolate } from "../../../../src/core/sources/compose/interpolate.ts";
import { readEnvFile } from "../../../../src/core/sources/env-file/read.ts";
import { isKnown, noSlot, type Word } from "../../../../src/core/word.ts";

const path = "compose.yaml";
const env = "SET=value\nEMPTY=\n";
const { assignments } = readEnvFile({ path: ".env", text: env });

/** Each piece: `text@place` with the uses it came through, `?source` for an unknown one. */
function read(text: string): string {
  const at = { path, start: 0, end: text.length };
  const word: Word = { pieces: [{ text, at }], at, edit: noSlot };
  const lookup = (name: string) => assignments.find((each) => each.name === name)?.variable?.value.pieces;
  return interpolate(word, lookup)
    .pieces.map((piece) => {
      if (!isKnown(piece)) return `?${piece.unknown}`;
      const via = piece.via?.map((use) => ` < ${text.slice(use.start, use.end)}`).join("") ?? "";
      const source = piece.at?.path === path ? text.slice(piece.at.start, piece.at.end) : piece.at?.path;
      return source === piece.text ? piece.text + via : `${piece.text}@${source}${via}`;
    })
    .join(" | ");
}

// `§` stands for `$` so that the texts are not mistaken for templates.
const cases: [text: string, pieces: string][] = [
  ["none", "none"],
  ["a§SET-b", "a | value@.env < §SET | -b"],
  ["§{SET}", "value@.env < §{SET}"],
  ["§{SET:-d}", "value@.env < §{SET:-d}"],
  ["§{EMPTY}", "@.env < §{EMPTY}"],
  ["§{EMPTY:-d}", "d < §{EMPTY:-d}"],
  ["§{EMPTY-d}", "@.env < §{EMPTY-d}"],
  ["§UNSET", "?§UNSET"],
  ["§{UNSET}:8888", "?§{UNSET} | :8888"],
  ["§{UNSET:-d}", "d < §{UNSET:-d}"],
  ["§{UNSET-d}x", "d < §{UNSET-d} | x"],
  ["§{UNSET:-}", " < §{UNSET:-}"],
  ["§{UNSET:?e}", "?§{UNSET:?e}"],
  ["§{SET:?e}", "value@.env < §{SET:?e}"],
  ["§{EMPTY:?e}", "?§{EMPTY:?e}"],
  ["§{EMPTY?e}", "@.env < §{EMPTY?e}"],
  ["§{SET:+r}", "r < §{SET:+r}"],
  ["a§{EMPTY:+r}", "a"],
  ["§{EMPTY+r}", "r < §{EMPTY+r}"],
  ["§{UNSET:+r}", "?§{UNSET:+r}"],
  ["§{A:-x§{B:-y}z}", "x < §{A:-x§{B:-y}z} | y < §{B:-y} < §{A:-x§{B:-y}z} | z < §{A:-x§{B:-y}z}"],
  ["§{A:-§SET}", "value@.env < §SET < §{A:-§SET}"],
  ["§§SET §§", "§@§§ | SET  | §@§§"],
  ["§{A:-§§}", "§@§§ < §{A:-§§}"],
  ["§1 § §{ §{} §{A:-b §{A!b}", "§1 § §{ §{} §{A:-b §{A!b}"],
];

describe("variables in compose files", () => {
  for (const [text, pieces] of cases) {
    it(text, () => assert.equal(read(text.replaceAll("§", "$")), pieces.replaceAll("§", "$")));
  }

  it("nested without end are unknown", () => {
    const text = "${A:-".replace("$", "$").repeat(3000) + "}".repeat(3000);
    assert.match(read(text), /^\?/);
  });
});
