import assert from "node:assert/strict";
import { serviceOf, since, size, urlOf, usualName } from "../../../src/editor/tunnels/words.ts";
import { saved } from "./some-tunnels.ts";

describe("the words for tunnels", () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const times: readonly (readonly [number, string])[] = [
    [-minute, "0 s"],
    [59 * second, "59 s"],
    [minute, "1 min"],
    [hour - 1, "59 min"],
    [2 * hour + 5 * minute, "2 h 5 min"],
    [76 * hour, "3 d 4 h"],
  ];
  for (const [passed, text] of times) it(`say ${text}`, () => assert.equal(since(0, passed), text));

  const sizes: readonly (readonly [number, string])[] = [
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1.25 * 1024 ** 2, "1.3 MiB"],
    [2048 * 1024 ** 4, "2048.0 TiB"],
  ];
  for (const [bytes, text] of sizes) it(`say ${text}`, () => assert.equal(size(bytes), text));

  it("name a tunnel by its service and host, or by its address where nobody knows what is there", () => {
    assert.equal(usualName(saved()), "Jupyter on gpubox");
    const { kind: _, ...unknown } = saved();
    assert.equal(serviceOf(unknown), "127.0.0.1:8888");
    assert.equal(serviceOf({ target: { kind: "unix", path: "/run/j.sock" } }), "/run/j.sock");
  });

  it("give the address on this machine", () => assert.equal(urlOf(8888, "/lab/"), "http://127.0.0.1:8888/lab/"));
});
