import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { join } from "../../../src/tunnel/forward/join.ts";
import type { Link } from "../../../src/tunnel/link.ts";
import { connectSsh2 } from "../../../src/tunnel/ssh2/engine.ts";
import { hostOf } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd } from "../sshd.ts";
import { closed, hasCode, listen, never } from "./expect.ts";
import { makeWorld, type World } from "./world.ts";

describe("a link made by the built-in engine", () => {
  let files: Scratch;
  let sshd: Sshd;
  let world: World;
  let link: Link;
  let echo: Server;
  let port: number;

  before(async () => {
    files = scratch();
    sshd = await startSshd(files, { config: [`Banner ${files.file("banner")}`] });
    writeFileSync(files.file("banner"), "Be \u001b[31mcareful\n");
    writeFileSync(files.file("known"), sshd.knownHostsLine());
    echo = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      socket.on("error", () => socket.destroy()).pipe(socket);
    });
    port = await listen(echo);
    world = makeWorld(files);
    link = await connectSsh2(hostOf("gpu", sshd, { userKnownHostsFiles: [files.file("known")] }), world.session, never);
  });

  after(async () => {
    await link.close();
    await sshd.stop();
    echo.close();
    files.remove();
  });

  it("says what it knows of the connection", () => {
    const { software, ...peer } = link.peer;
    assert.deepEqual(peer, {
      engine: "ssh2",
      fingerprint: sshd.fingerprint,
      keyType: "ssh-ed25519",
      cipher: "aes128-gcm@openssh.com",
      hops: ["gpu"],
    });
    assert.match(software ?? "", /^OpenSSH/);
  });

  it("asks nothing about a key that is known, and shows the banner harmless", () => {
    assert.deepEqual(world.asked, { keys: [], secrets: [], fields: [] });
    assert.deepEqual(world.notices, ["gpu says: Be \u{fffd}[31mcareful"]);
  });

  it("carries bytes both ways, and each end by itself", async () => {
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    stream.end("x".repeat(5_000_000));
    assert.equal((await text(stream)).length, 5_000_000);
  });

  // What was carried is given back to the runtime, where that can (Node 22 and later): the next must not lie there yet.
  for (const cipher of ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"])
    it(`carries every byte between a local program and a service with ${cipher}`, async () => {
      const algorithms = { ciphers: [cipher] };
      const known = { userKnownHostsFiles: [files.file("known")], algorithms };
      const own = await connectSsh2(hostOf("gpu", sshd, known), world.session, never);
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        socket.on("error", () => socket.destroy());
        void own.open({ kind: "tcp", host: "127.0.0.1", port }, never).then((stream) => join(socket, stream, () => {}));
      });
      const local = connect({ host: "127.0.0.1", port: await listen(server) });
      const data = randomBytes(24_000_000);
      local.end(data);
      assert.ok((await buffer(local)).equals(data));
      server.close();
      assert.equal(own.peer.cipher, cipher);
      await own.close();
    });

  it("gets the answer to a request in two parts within 5 ms on an open stream", async () => {
    const server = createServer({ noDelay: true }, (socket) => {
      let heard = 0;
      socket.on("error", () => socket.destroy());
      socket.on("data", ({ length }) => {
        heard += length;
        if (heard % 2 === 0) socket.write("answer");
      });
    });
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port: await listen(server) }, never);
    const times: number[] = [];
    // The kernel acknowledges the first packets at once, and only later ones would have to wait for that (Nagle).
    for (let request = 0; request < 60; request++) {
      const began = performance.now();
      stream.write("?");
      setImmediate(() => stream.write("?"));
      await once(stream, "data");
      times.push(performance.now() - began);
    }
    stream.destroy();
    server.close();
    const median = times.slice(20).toSorted((a, b) => a - b)[20] ?? 0;
    assert.ok(median < 5, `${median} ms`);
  });

  it("opens a stream and gets the first answer without waiting for a delayed acknowledgement", async () => {
    const times: number[] = [];
    for (let count = 0; count < 20; count++) {
      const began = performance.now();
      const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
      stream.write("GET");
      await once(stream, "data");
      times.push(performance.now() - began);
      stream.destroy();
    }
    const median = times.toSorted((a, b) => a - b)[10] ?? 0;
    // Linux delays acknowledgements by 40 ms.
    assert.ok(median < 30, `${median} ms`);
  });

  it("reaches a unix socket", async () => {
    const path = files.file("server.sock");
    const server = createServer((socket) => socket.end("hello"));
    server.listen(path);
    await once(server, "listening");
    const stream = await link.open({ kind: "unix", path }, never);
    assert.equal(await text(stream), "hello");
    server.close();
  });

  it("tells that nothing listens", async () => {
    const free = await freePort();
    await assert.rejects(link.open({ kind: "tcp", host: "127.0.0.1", port: free }, never), hasCode("nothing-listens"));
    await assert.rejects(link.open({ kind: "unix", path: "/tmp/no-such.sock" }, never), hasCode("nothing-listens"));
  });

  it("opens nothing for whoever has given up", async () => {
    const target = { kind: "tcp", host: "127.0.0.1", port } as const;
    await assert.rejects(link.open(target, AbortSignal.abort()), hasCode("cancelled"));
    const stop = new AbortController();
    const opening = link.open(target, stop.signal);
    stop.abort();
    await assert.rejects(opening, hasCode("cancelled"));
  });

  it("runs a command with its input, and says how it ended", async () => {
    const result = await link.run("cat; echo oh >&2; exit 3", "the rest\n", never);
    assert.deepEqual(result, { stdout: "the rest\n", stderr: "oh\n", code: 3 });
  });

  it("cuts what a command says at 4 MiB, and lets it end", async () => {
    const { stdout, code } = await link.run("head -c 9000000 /dev/zero", "", never);
    assert.deepEqual([stdout.length, code], [4 * 2 ** 20, 0]);
  });

  it("ends a command that is cancelled", async () => {
    const stop = new AbortController();
    const running = link.run("sh -s", "sleep 60\n", stop.signal);
    stop.abort();
    await assert.rejects(running, hasCode("cancelled"));
  });

  it("forwards no agent", async () => {
    const { stdout } = await link.run("sh -s", 'echo "agent=$SSH_AUTH_SOCK"\n', never);
    assert.equal(stdout, "agent=\n");
  });

  it("answers a probe", () => link.probe(5000));

  it("survives a local program that hangs up in the middle of a transfer", async () => {
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    stream.write(Buffer.alloc(3_000_000));
    await once(stream, "data");
    stream.destroy();
    await closed(stream);
    await link.probe(5000);
  });

  it("leaves nothing when it is closed", async () => {
    const other = await connectSsh2(link.host, world.session, never);
    const stream = await other.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    const running = other.run("sleep 60", "", never);
    await Promise.all([other.close(), closed(stream), assert.rejects(running, hasCode("connection-lost"))]);
    assert.equal(await other.gone, undefined);
    await assert.rejects(other.open({ kind: "tcp", host: "127.0.0.1", port }, never), hasCode("connection-lost"));
    await assert.rejects(other.probe(5000), hasCode("connection-lost"));
    await other.close();
  });

  it("breaks what is open, read or not, when the server goes", async () => {
    const far = await startSshd(files, { name: "far" });
    writeFileSync(files.file("known-far"), far.knownHostsLine());
    const host = hostOf("far", far, { userKnownHostsFiles: [files.file("known-far")] });
    const lost = await connectSsh2(host, world.session, never);
    const unread = await lost.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    const broken = once(unread, "error");
    const ended = closed(unread);
    await far.stop();
    assert.ok(hasCode("connection-lost")(await lost.gone));
    assert.ok(hasCode("connection-lost")((await broken)[0]));
    await ended;
    assert.equal(unread.readableEnded, false);
  });
});
