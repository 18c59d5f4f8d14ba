import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument, Scalar, stringify } from "yaml";
import type { Yaml } from "../../../../src/core/sources/yaml/node.ts";
import { readYaml } from "../../../../src/core/sources/yaml/yaml.ts";
import { isKnown, isVerbatim, type Piece } from "../../../../src/core/word.ts";

const path = "a.yaml";

function piecesOf(text: string): readonly Piece[] {
  const [document] = readYaml({ path, text }).documents;
  const value: Yaml | undefined = document?.kind === "map" ? document.get("k") : undefined;
  return value?.kind === "scalar" ? value.word().pieces : [];
}

/** Each piece as `text`, or `text@source` where the file has it in another way. */
function shown(text: string): string[] {
  return piecesOf(text).map((piece) => {
    const source = text.slice(piece.at?.start, piece.at?.end);
    if (!isKnown(piece)) return `?${source}`;
    return isVerbatim(piece) && piece.text === source ? piece.text : `${piece.text}@${source}`;
  });
}

const cases: [name: string, text: string, pieces: string[]][] = [
  ["plain", "k: a b # c", ["a b"]],
  ["plain, folded", "k: a\n  b\n\n  c", ["a", " @\n  ", "b", "\n@\n\n  ", "c"]],
  ["single-quoted", "k: 'it''s'", ["it", "'@''", "s"]],
  ["single-quoted, folded", "k: 'a \n  b'", ["a", " @ \n  ", "b"]],
  ["double-quoted", 'k: "a\\n\\u263a b\\\\"', ["a", "\n@\\n", "☺@\\u263a", " b", "\\@\\\\"]],
  ["double-quoted, joined lines", 'k: "a\\\n  bc"', ["a", "b@\\\n  b", "c"]],
  ["literal", "k: |\n  a\n    b\n\n  c\n", ["a", "\n@\n  ", "  b", "\n\n@\n\n  ", "c", "\n"]],
  ["literal, stripped, with an indicator", "k: |2-\n   a\n  b\n\n", [" a", "\n@\n  ", "b"]],
  ["folded", "k: >-\n  a\n  b\n\n  c\n", ["a", " @\n  ", "b", "\n@\n\n  ", "c"]],
  [
    "folded with deeper lines",
    "k: >\r\n  a\r\n    b\r\n  c\r\n",
    ["a", "\n@\r\n  ", "  b", "\n@\r\n  ", "c", "\n@\r\n"],
  ],
  ["template", 'k: "{{ a }}:{{ "b" }}/c"', ["?{{ a }}", ":", '?{{ "b" }}', "/c"]],
  ["number", "k: 0x10", ["0x10"]],
  ["base 60", "k: 22:22", ["22:22"]],
  ["empty", "k: ''", []],
];

describe("pieces of a scalar", () => {
  for (const [name, text, pieces] of cases) it(name, () => assert.deepEqual(shown(text), pieces));

  const line = fc.string({
    unit: fc.constantFrom("a", "b", " ", " ", "\n", "\n", "'", '"', "\\", "#", ":", "\t", "é", "😀", "$"),
  });
  const style = fc.constantFrom(
    Scalar.PLAIN,
    Scalar.QUOTE_SINGLE,
    Scalar.QUOTE_DOUBLE,
    Scalar.BLOCK_LITERAL,
    Scalar.BLOCK_FOLDED,
  );

  it("together are what the library reads, and stand in the file", () => {
    fc.assert(
      fc.property(line, style, fc.boolean(), fc.integer({ min: 10, max: 40 }), (value, type, crlf, lineWidth) => {
        const scalar = new Scalar(value);
        scalar.type = type;
        const lf = stringify({ k: scalar, z: "end" }, { lineWidth });
        checkPieces(crlf ? lf.replaceAll("\n", "\r\n") : lf);
      }),
      { numRuns: 400 },
    );
  });

  it("hold for scalars as people write them", () => {
    const body = fc.string({
      unit: fc.constantFrom("a", "b", " ", "  ", "\n", "\n  ", "\n    ", "''", '\\"', "\\n", "\\\n", "\r\n  "),
    });
    const shell = fc.constantFrom(
      ["'", "'"],
      ['"', '"'],
      ["|\n  ", "\n"],
      [">-\n  ", "\n"],
      ["|+\n  ", "\n"],
      ["", ""],
      [">1\n ", "\n"],
    );
    fc.assert(
      fc.property(body, shell, (text, [before = "", after = ""]) => checkPieces(`k: ${before}${text}${after}z: end\n`)),
      { numRuns: 400 },
    );
  });
});

function checkPieces(text: string): void {
  const document = parseDocument(text, { schema: "failsafe", logLevel: "silent", uniqueKeys: false });
  const value: unknown = document.get("k");
  if (document.errors.length > 0 || typeof value !== "string" || /^(~|null|)$/i.test(value)) return;
  const pieces = piecesOf(text).filter(isKnown);
  assert.equal(pieces.map((piece) => piece.text).join(""), value);
  pieces.forEach((piece, index) => {
    assert.ok(piece.at);
    assert.ok(index === 0 || pieces[index - 1]?.at?.end === piece.at.start, "no gap");
    if (!isVerbatim(piece) || /^\s+$/.test(piece.text)) return;
    assert.equal(text.slice(piece.at.start, piece.at.end), piece.text);
  });
}
