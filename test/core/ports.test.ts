import assert from "node:assert/strict";
import type { Publish } from "../../src/core/invocation.ts";
import { publishes } from "../../src/core/ports.ts";
import { applyEdits } from "../../src/core/text.ts";
import { noSlot, type Piece, type Word } from "../../src/core/word.ts";

const path = "run.sh";

/** `before{NAME:-default}after`: a mapping with the default of a variable in it; `{NAME}` is an unknown one. */
function mapping(text: string): Word {
  const pieces: Piece[] = [];
  for (const { 0: part, 1: value, index } of text.matchAll(/\{\w+(?::-([^}]*))?\}|[^{]+/g)) {
    const at = { path, start: index, end: index + part.length };
    if (!part.startsWith("{")) pieces.push({ text: part, at });
    else if (value === undefined) pieces.push({ unknown: part, at });
    else {
      const start = index + part.indexOf(":-") + 2;
      pieces.push({ text: value, at: { path, start, end: start + value.length }, via: [at] });
    }
  }
  const at = { path, start: 0, end: text.length };
  return { pieces, at, edit: { ...noSlot, replace: (by) => [{ ...at, text: by }] } };
}

function summary({ address, host, container, protocol }: Publish): string {
  const ports = [host, container].map((range) => (range ? `${range.from}-${range.to}` : "?"));
  return `${address} ${ports.join(" ")} ${protocol}`;
}

const cases: [text: string, summary: string, fixed: string | undefined][] = [
  ["8888", "all ? 8888-8888 tcp", "127.0.0.1::8888"],
  ["8888/udp", "all ? 8888-8888 udp", "127.0.0.1::8888/udp"],
  ["8888:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["80:8888/tcp", "all 80-80 8888-8888 tcp", "127.0.0.1:80:8888/tcp"],
  ["8000-8010:8000-8010", "all 8000-8010 8000-8010 tcp", "127.0.0.1:8000-8010:8000-8010"],
  ["0.0.0.0:8888:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["[::]:8888:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  [":::8888:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  [":8888:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["127.0.0.1:8888:8888", "loopback 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["127.0.0.1::8888", "loopback ? 8888-8888 tcp", "127.0.0.1::8888"],
  ["[::1]:8888:8888", "loopback 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["::1:8888:8888", "loopback 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["192.168.1.5:8888:8888/sctp", "address 8888-8888 8888-8888 sctp", "127.0.0.1:8888:8888/sctp"],
  ["localhost:8888:8888", "unknown 8888-8888 8888-8888 tcp", "127.0.0.1:8888:8888"],
  ["target=8888,published=80,protocol=udp", "all 80-80 8888-8888 udp", "127.0.0.1:80:8888/udp"],
  ["{BIND}:8888:8888", "unknown 8888-8888 8888-8888 tcp", undefined],
  ["{BIND:-0.0.0.0}:8888:8888", "all 8888-8888 8888-8888 tcp", "{BIND:-127.0.0.1}:8888:8888"],
  ["{BIND:-}:8888:8888", "all 8888-8888 8888-8888 tcp", "{BIND:-127.0.0.1}:8888:8888"],
  ["{PREFIX:-}8888:8888", "all 8888-8888 8888-8888 tcp", "{PREFIX:-127.0.0.1:}8888:8888"],
  ["{PREFIX}8888:8888", "unknown ? 8888-8888 tcp", "127.0.0.1:{PREFIX}8888:8888"],
  ["{PORT}:8888", "all ? 8888-8888 tcp", "127.0.0.1:{PORT}:8888"],
  ["8888:{PORT}", "all 8888-8888 ? tcp", "127.0.0.1:8888:{PORT}"],
  ["80{N}:8888", "all ? 8888-8888 tcp", "127.0.0.1:80{N}:8888"],
  ["{PORT:-8888}:8888", "all 8888-8888 8888-8888 tcp", "127.0.0.1:{PORT:-8888}:8888"],
  ["{PORT:-8888}", "all ? 8888-8888 tcp", "127.0.0.1::{PORT:-8888}"],
  ["{PORTS:-8888:8888}", "all 8888-8888 8888-8888 tcp", "{PORTS:-127.0.0.1:8888:8888}"],
  ["{PORTS}", "unknown ? ? tcp", "127.0.0.1::{PORTS}"],
];

describe("published ports", () => {
  for (const [text, expected, fixed] of cases) {
    it(`reads ${text}`, () => {
      const [publish, ...more] = publishes(mapping(text));
      assert.ok(publish && more.length === 0);
      assert.equal(summary(publish), expected);
      const edits = publish.loopback();
      assert.equal(edits && applyEdits(text, edits), fixed);
    });
  }

  it("splits at commas for podman only", () => {
    const word = mapping("8888:8888,127.0.0.1:6006:6006");
    assert.deepEqual(publishes(word, true).map(summary), [
      "all 8888-8888 8888-8888 tcp",
      "loopback 6006-6006 6006-6006 tcp",
    ]);
    assert.equal(publishes(word).length, 1);
  });
});
