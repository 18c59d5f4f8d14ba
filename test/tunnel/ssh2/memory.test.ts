import assert from "node:assert/strict";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Link } from "../../../src/tunnel/link.ts";
import { connectSsh2 } from "../../../src/tunnel/ssh2/engine.ts";
import { hostOf } from "../host-with.ts";
import { scratch } from "../scratch.ts";
import { startSshd } from "../sshd.ts";
import { listen, never } from "./expect.ts";
import { makeWorld } from "./world.ts";

describe("a link that has carried many connections", () => {
  it("holds nothing of them", async function () {
    this.timeout(30_000);
    const files = scratch();
    const sshd = await startSshd(files);
    const hello = createServer((socket) => socket.on("error", () => socket.destroy()).end("hello"));
    const port = await listen(hello);
    const world = makeWorld(files);
    world.answers.key = async () => "once";
    const link = await connectSsh2(hostOf("gpu", sshd), world.session, never);
    const first = await usedAfter(link, port);
    const second = await usedAfter(link, port);
    await link.close();
    await sshd.stop();
    hello.close();
    files.remove();
    assert.ok(second - first < 2 * 2 ** 20, `${second - first} bytes more`);
  });
});

/** Bytes in use after 500 connections, ten at a time. */
async function usedAfter(link: Link, port: number): Promise<number> {
  for (let round = 0; round < 50; round++) {
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
        assert.equal(await text(stream), "hello");
        stream.end();
      }),
    );
  }
  await link.probe(5000);
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}
