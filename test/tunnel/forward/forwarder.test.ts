import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { Duplex, PassThrough } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { message } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import { closed, dial, echo, opened, readAll, type Service, serve, until } from "./services.ts";

describe("a forwarded port", function () {
  this.timeout(20_000);
  const world = opened();
  let service: Service;
  beforeEach(async () => {
    service = await world.service(echo());
  });
  afterEach(() => world.close());

  it("carries bytes both ways, and counts them", async () => {
    const forwarder = await world.forwarder(service);
    const before = Date.now();
    const data = randomBytes(5_000_000);
    const local = await dial(forwarder.port);
    local.end(data);
    assert.ok((await readAll(local)).equals(data));
    await until(() => forwarder.connections === 0);
    assert.deepEqual(forwarder.bytes, { down: data.length, up: data.length });
    assert.ok(forwarder.lastActivity >= before);
  });

  it("listens on 127.0.0.1 and nowhere else, by the kernel's word", async () => {
    const { port } = await world.forwarder(service);
    const listening = execFileSync("ss", ["-ltnH", `sport = :${port}`], { encoding: "utf8" });
    assert.deepEqual(
      listening
        .trim()
        .split("\n")
        .map((line) => line.split(/\s+/)[3]),
      [`127.0.0.1:${port}`],
    );
  });

  it("lets each side end its half first", async () => {
    const answering = await world.service(
      serve(
        createServer({ allowHalfOpen: true }, (socket) => {
          socket.write("welcome\n");
          socket.on("data", (asked) => socket.once("end", () => socket.end(`you said ${asked}`)));
        }),
      ),
    );
    const forwarder = await world.forwarder(answering);
    const local = await dial(forwarder.port);
    await once(local, "readable");
    local.end("hello");
    assert.equal(String(await readAll(local)), "welcome\nyou said hello");
  });

  it("sends at once, without waiting to fill a packet", async () => {
    const twice = new Duplex({
      read() {},
      write(_, __, done) {
        this.push("a");
        setImmediate(() => this.push("b"));
        done();
      },
    });
    const forwarder = await world.forwarder({ open: async () => twice });
    const local = await dial(forwarder.port);
    const times: number[] = [];
    for (let round = 0; round < 41; round++) {
      const began = performance.now();
      local.write("x");
      for (let got = 0; got < 2; ) got += (await once(local, "data"))[0].length;
      times.push(performance.now() - began);
    }
    local.destroy();
    // With Nagle's algorithm the second half of each answer would wait up to 40 ms for the first to be acknowledged.
    const median = times.toSorted((a, b) => a - b)[20] ?? 0;
    assert.ok(median < 5, `${median} ms`);
  });

  it("reads no faster than the service takes", async () => {
    let asked = false;
    const stuck = new Duplex({
      read() {},
      write() {
        asked = true;
      },
    });
    const forwarder = await world.forwarder({ open: async () => stuck });
    const local = await dial(forwarder.port);
    local.write(Buffer.alloc(16 * 1024 * 1024));
    await until(() => asked);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(forwarder.bytes.up < 1024 * 1024, `${forwarder.bytes.up} bytes were read`);
    local.destroy();
    forwarder.dropAll();
    await until(() => stuck.destroyed);
  });

  it("hangs up on the service when the local program goes away", async () => {
    const forwarder = await world.forwarder(service);
    const local = await dial(forwarder.port);
    local.write("x");
    await once(local, "data");
    local.resetAndDestroy();
    await until(() => service.sockets.size === 0 && forwarder.connections === 0);
  });

  it("breaks off visibly when the stream breaks, so that half a download is not taken for all of it", async () => {
    const channel = new PassThrough();
    const forwarder = await world.forwarder({ open: async () => channel });
    const local = await dial(forwarder.port);
    channel.write("half of");
    await once(local, "data");
    const failed = once(local, "error");
    channel.destroy(new Error("the link is gone"));
    const [error] = await failed;
    assert.equal(error.code, "ECONNRESET");
  });

  it("delivers all that came before the service ended, however slowly it is read", async () => {
    const data = randomBytes(8_000_000);
    const sending = await world.service(serve(createServer((socket) => void socket.end(data))));
    const forwarder = await world.forwarder(sending);
    const local = await dial(forwarder.port);
    let got = 0;
    for await (const chunk of local) {
      got += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(got, data.length);
  });

  it("ends a connection for which nothing listens, and goes on", async () => {
    const refused = new TunnelError("nothing-listens", message("Nothing listens there."));
    let asked = 0;
    const open = (signal: AbortSignal) => (asked++ === 0 ? Promise.reject(refused) : service.open(signal));
    const forwarder = await world.forwarder({ open });
    await assert.rejects(dial(forwarder.port).then(readAll), { code: "ECONNRESET" });
    const second = await dial(forwarder.port);
    second.end("still here");
    assert.equal(String(await readAll(second)), "still here");
  });

  it("gives up opening when the local program has gone, and keeps no stream that comes late", async () => {
    const late = new PassThrough();
    let give = (_: PassThrough) => {};
    let signal: AbortSignal | undefined;
    const forwarder = await world.forwarder({
      open(given) {
        signal = given;
        return new Promise((resolve) => {
          give = resolve;
        });
      },
    });
    const local = await dial(forwarder.port);
    await until(() => signal !== undefined);
    local.resetAndDestroy();
    await until(() => signal?.aborted === true);
    give(late);
    await until(() => late.destroyed);
  });

  describe("without a link", () => {
    it("holds new connections until there is one again", async () => {
      const forwarder = await world.forwarder(service);
      forwarder.pause();
      const local = await dial(forwarder.port);
      local.end("patience");
      await until(() => forwarder.connections === 1);
      assert.equal(service.accepted(), 0);
      forwarder.resume();
      assert.equal(String(await readAll(local)), "patience");
    });

    it("ends them when it takes too long", async () => {
      const forwarder = await world.forwarder(service, { patienceMs: 20 });
      forwarder.pause();
      await closed(await dial(forwarder.port));
      assert.equal(service.accepted(), 0);
    });

    it("gives the next link to a connection that found the last one dead", async () => {
      const lost = new TunnelError("connection-lost", message("The connection is lost."));
      let asked = 0;
      const open = (signal: AbortSignal) => (asked++ === 0 ? Promise.reject(lost) : service.open(signal));
      const forwarder = await world.forwarder({ open });
      const local = await dial(forwarder.port);
      local.end("first click after sleep");
      await until(() => asked === 1);
      forwarder.pause();
      forwarder.resume();
      assert.equal(String(await readAll(local)), "first click after sleep");
    });

    it("drops what had reached the service, and keeps what waits", async () => {
      const forwarder = await world.forwarder(service);
      const reached = await dial(forwarder.port);
      reached.write("x");
      await once(reached, "data");
      forwarder.pause();
      const waiting = await dial(forwarder.port);
      await until(() => forwarder.connections === 2);
      forwarder.dropAll();
      await closed(reached);
      assert.equal(forwarder.connections, 1);
      forwarder.resume();
      waiting.end("here");
      assert.equal(String(await readAll(waiting)), "here");
    });
  });

  it("closes with everything open, waiting and idle", async () => {
    const forwarder = await world.forwarder(service);
    const open = await dial(forwarder.port);
    open.write("x");
    await once(open, "data");
    forwarder.pause();
    const waiting = await dial(forwarder.port);
    const gone = Promise.all([closed(open), closed(waiting)]);
    await forwarder.close();
    await gone;
    await until(() => service.sockets.size === 0);
    await assert.rejects(dial(forwarder.port));
  });

  it("leaves nothing behind of 500 connections", async () => {
    const forwarder = await world.forwarder(service);
    const round = async () => {
      for (let batch = 0; batch < 10; batch++) {
        await Promise.all(
          Array.from({ length: 50 }, async () => {
            const local = await dial(forwarder.port);
            local.end("hello");
            assert.equal(String(await readAll(local)), "hello");
          }),
        );
      }
      await until(() => forwarder.connections === 0 && service.sockets.size === 0);
    };
    await round();
    const before = memory();
    await round();
    assert.ok(memory() - before < 2 * 1024 * 1024, `${memory() - before} bytes more than after the first 500`);
    assert.deepEqual(forwarder.bytes, { down: 5000, up: 5000 });
  });
});

/** Of the heap and beside it, after collection. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
