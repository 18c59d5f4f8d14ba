import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { buffer } from "node:stream/consumers";
import { utils } from "ssh2";
import { connectSsh2 } from "../../../src/tunnel/ssh2/engine.ts";
import { hostOf } from "../host-with.ts";
import { makeKey, type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd, tell, treeOf } from "../sshd.ts";
import { closed, hasCode, listen, never } from "./expect.ts";
import { faultyServer } from "./server.ts";
import { makeWorld, type World } from "./world.ts";

describe("a link whose host is not as it should be", () => {
  let files: Scratch;
  let source: Server;
  let port: number;
  const megabytes = 64;

  before(async () => {
    files = scratch();
    source = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.end(Buffer.alloc(megabytes * 2 ** 20, "x"));
    });
    port = await listen(source);
  });

  after(() => {
    source.close();
    files.remove();
  });

  function world(keepaliveSeconds?: number): World {
    const made = makeWorld(files, [], keepaliveSeconds);
    made.answers.key = async () => "once";
    return made;
  }

  const target = () => ({ kind: "tcp", host: "127.0.0.1", port }) as const;

  it("tells forbidden forwarding from nothing that listens", async () => {
    const sshd = await startSshd(files, { name: "forbids", config: ["AllowTcpForwarding no"] });
    const link = await connectSsh2(hostOf("gpu", sshd), world().session, never);
    await assert.rejects(link.open(target(), never), hasCode("forwarding-forbidden"));
    await link.close();
    await sshd.stop();
  });

  it("tells a port that the host keeps to itself", async () => {
    const sshd = await startSshd(files, { name: "permits", config: [`PermitOpen 127.0.0.1:${port}`] });
    const link = await connectSsh2(hostOf("gpu", sshd), world().session, never);
    const stream = await link.open(target(), never);
    stream.destroy();
    await assert.rejects(link.open({ ...target(), port: 1 }, never), hasCode("forwarding-forbidden"));
    await link.close();
    await sshd.stop();
  });

  it("cannot look where no command may run", async () => {
    const sshd = await startSshd(files, { name: "mute", config: ["MaxSessions 0"] });
    const link = await connectSsh2(hostOf("gpu", sshd), world().session, never);
    await assert.rejects(link.run("true", "", never), hasCode("cannot-look"));
    await link.close();
    await sshd.stop();

    const hostKey = makeKey(files.file("refusing"));
    const server = await faultyServer({ hostKey, session: (session) => session.on("exec", (_, reject) => reject()) });
    const other = await connectSsh2(hostOn(server.port), world().session, never);
    await assert.rejects(other.run("true", "", never), hasCode("cannot-look"));
    await other.close();
    await server.close();
  });

  it("goes on through re-keys, and asks about the key once", async function () {
    this.timeout(20_000);
    const sshd = await startSshd(files, { name: "rekeys", config: ["RekeyLimit 16M", "LogLevel DEBUG1"] });
    const { session, asked } = world();
    const link = await connectSsh2(hostOf("gpu", sshd), session, never);
    const received = await buffer(await link.open(target(), never));
    assert.equal(received.length, megabytes * 2 ** 20);
    assert.equal(asked.keys.length, 1);
    assert.ok((sshd.log().match(/SSH2_MSG_NEWKEYS received/g) ?? []).length > 3);
    await link.close();
    await sshd.stop();
  });

  it("ends when the host shows another key at a re-key", async () => {
    const server = await faultyServer({ hostKey: makeKey(files.file("own")) });
    const { session, asked } = world();
    const link = await connectSsh2(hostOn(server.port), session, never);
    const [connection] = server.connections;
    assert.ok(connection);
    // There is no other way to make the test's server change its key: these are parts of ssh2 itself.
    const { _protocol: protocol } = connection as unknown as { _protocol: { _hostKeys: object } };
    const other = utils.parseKey(readFileSync(makeKey(files.file("another")).file));
    protocol._hostKeys = { "ssh-ed25519": other };
    connection.rekey();
    assert.ok(hasCode("host-key-changed")(await link.gone));
    assert.equal(asked.keys.length, 1);
    await server.close();
  });

  it("is gone, and all it carried with it, when the host falls silent", async () => {
    const sshd = await startSshd(files, { name: "frozen" });
    const link = await connectSsh2(hostOf("gpu", sshd), world(0.1).session, never);
    const stream = await link.open(target(), never);
    const ended = closed(stream);
    tell(treeOf(sshd.pid), "SIGSTOP");
    const began = performance.now();
    await assert.rejects(link.probe(50), hasCode("timed-out"));
    assert.ok(hasCode("connection-lost")(await link.gone));
    await ended;
    // Three signs of life that are missing take less than a second; the kernel alone would wait for many minutes.
    assert.ok(performance.now() - began < 10_000);
    await sshd.stop();
  });

  it("says that there is no common algorithm", async () => {
    const { session } = world();
    const server = await faultyServer({
      hostKey: makeKey(files.file("old")),
      algorithms: { kex: ["diffie-hellman-group1-sha1"] },
    });
    await assert.rejects(connectSsh2(hostOn(server.port), session, never), hasCode("no-common-algorithm"));
    const choosy = { ...hostOn(server.port), algorithms: { ciphers: ["chacha99"] } };
    await assert.rejects(connectSsh2(choosy, session, never), hasCode("no-common-algorithm"));
    await server.close();
  });

  it("says that what answers is no SSH server", async () => {
    const web = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const host = hostOn(await listen(web));
    await assert.rejects(connectSsh2(host, world().session, never), hasCode("unreachable"));
    web.close();
  });

  function hostOn(at: number) {
    const userKey = { file: files.file("none"), publicFile: files.file("none.pub") };
    return hostOf("gpu", { port: at, user: "me", userKey } satisfies Pick<Sshd, "port" | "user" | "userKey">);
  }
});
