import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { lend, overTcp } from "../../../src/tunnel/ssh2/transport.ts";
import { fakeHost } from "../tunnel/fake-link.ts";
import { listen, never } from "./expect.ts";

describe("a connection of our own", () => {
  let server: Server;
  let far: Socket;
  let near: Duplex;

  beforeEach(async () => {
    server = createServer();
    const port = await listen(server);
    const came = once(server, "connection");
    near = await overTcp({ ...fakeHost(), hostname: "127.0.0.1", port })(never);
    [far] = await came;
    far.write("SSH-2.0-early");
  });

  afterEach(async () => {
    near.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** What comes next, as it was given and not copied. */
  async function next(): Promise<Buffer> {
    const [chunk] = await once(near, "data");
    return chunk;
  }

  it("keeps what the server says before anybody listens", async () => {
    // Two turns of the loop, in which it would arrive and be lost.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const said = next();
    near.resume();
    assert.equal(String(await said), "SSH-2.0-early");
  });

  it("overwrites nothing until it may, and reads into one place then", async () => {
    const chunks: Buffer[] = [];
    const take = async (text?: string) => {
      const coming = next();
      if (text === undefined) near.resume();
      else far.write(text);
      chunks.push(await coming);
    };
    await take();
    await take("kept");
    lend(near, true);
    await take("lent");
    await take("more");
    lend(near, false);
    await take("last");
    assert.deepEqual(chunks.map(String), ["SSH-2.0-early", "kept", "last", "last", "last"]);
  });

  it("delivers large packets whole, and keeps none of their memory where the runtime can free it", async () => {
    const packets = Array.from({ length: 64 }, (_, index) => Buffer.alloc(32 * 1024, index));
    const sent = Buffer.concat(packets);
    const came: Buffer[] = [];
    far.on("data", (chunk) => came.push(chunk));
    for (const packet of packets) near.write(packet);
    near.end();
    await once(far, "end");
    assert.ok(Buffer.concat(came).equals(sent));
    const kept = "transfer" in ArrayBuffer.prototype ? 0 : sent.length;
    assert.equal(
      packets.reduce((total, { length }) => total + length, 0),
      kept,
    );
  });

  it("ends when the server does", async () => {
    near.on("data", () => {});
    near.resume();
    const ended = once(near, "end");
    far.end();
    await ended;
  });
});
