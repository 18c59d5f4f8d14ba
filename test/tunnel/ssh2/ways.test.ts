import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { connectSsh2 } from "../../../src/tunnel/ssh2/engine.ts";
import { hostOf } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd, treeOf } from "../sshd.ts";
import { hasCode, listen, never } from "./expect.ts";
import { makeWorld } from "./world.ts";

describe("the way to a host", () => {
  let files: Scratch;
  let jump: Sshd;
  let far: Sshd;
  let hello: Server;
  let port: number;

  before(async () => {
    files = scratch();
    jump = await startSshd(files, { name: "jump" });
    far = await startSshd(files, { name: "far" });
    hello = createServer((socket) => socket.end("hello"));
    port = await listen(hello);
  });

  after(async () => {
    hello.close();
    await Promise.all([jump.stop(), far.stop()]);
    files.remove();
  });

  it("leads through a jump host, each verified under its own name", async () => {
    writeFileSync(files.file("known"), jump.knownHostsLine("gate") + far.knownHostsLine("inner"));
    const userKnownHostsFiles = [files.file("known")];
    const gate = hostOf("gate", jump, { userKnownHostsFiles, hostKeyAlias: "gate" });
    const inner = hostOf("inner", far, { userKnownHostsFiles, hostKeyAlias: "inner", jumps: ["gate"] });
    const world = makeWorld(files, [gate]);
    const link = await connectSsh2(inner, world.session, never);
    assert.deepEqual(link.peer.hops, ["gate", "inner"]);
    assert.equal(link.peer.fingerprint, far.fingerprint);
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    assert.equal(await text(stream), "hello");
    await link.close();
    assert.deepEqual(world.asked, { keys: [], secrets: [], fields: [] });
  });

  it("stops at a jump host whose key is another's", async () => {
    writeFileSync(files.file("swapped"), far.knownHostsLine("gate") + jump.knownHostsLine("inner"));
    const userKnownHostsFiles = [files.file("swapped")];
    const gate = hostOf("gate", jump, { userKnownHostsFiles, hostKeyAlias: "gate", strictHostKeyChecking: "no" });
    const inner = hostOf("inner", far, { userKnownHostsFiles, hostKeyAlias: "inner", jumps: ["gate"] });
    const world = makeWorld(files, [gate]);
    await assert.rejects(connectSsh2(inner, world.session, never), hasCode("host-key-changed"));
    assert.deepEqual(world.asked, { keys: [], secrets: [], fields: [] });
  });

  it("asks about each hop by its own name", async () => {
    const gate = hostOf("gate", jump);
    const inner = hostOf("inner", far, { jumps: ["gate"] });
    const world = makeWorld(files, [gate]);
    world.answers.key = async () => "once";
    const link = await connectSsh2(inner, world.session, never);
    await link.close();
    assert.deepEqual(
      world.asked.keys.map(({ hop, fingerprint }) => [hop.name, fingerprint]),
      [
        ["gate", jump.fingerprint],
        ["inner", far.fingerprint],
      ],
    );
  });

  it("is gone with the jump host", async () => {
    const gone = await startSshd(files, { name: "gone" });
    const world = makeWorld(files, [hostOf("gate", gone)]);
    world.answers.key = async () => "once";
    const link = await connectSsh2(hostOf("inner", far, { jumps: ["gate"] }), world.session, never);
    await gone.stop();
    assert.ok(hasCode("connection-lost")(await link.gone));
  });

  it("says where a jump host leads nowhere", async () => {
    const world = makeWorld(files, [hostOf("gate", jump)]);
    world.answers.key = async () => "once";
    const nowhere = hostOf("inner", { ...far, port: await freePort() }, { jumps: ["gate"] });
    await assert.rejects(connectSsh2(nowhere, world.session, never), hasCode("unreachable"));
  });

  it("leads through a ProxyCommand, which ends with the link", async () => {
    const world = makeWorld(files);
    world.answers.key = async () => "once";
    const proxyCommand = `${process.execPath} -e '${relay}' ${far.port}`;
    const host = hostOf("far", { ...far, port: 1 }, { proxyCommand });
    const before = treeOf(process.pid);
    const started = () => {
      const theirs = [...before, ...treeOf(jump.pid), ...treeOf(far.pid)];
      return treeOf(process.pid).filter((pid) => !theirs.includes(pid));
    };
    const link = await connectSsh2(host, world.session, never);
    assert.notDeepEqual(started(), []);
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    assert.equal(await text(stream), "hello");
    await link.close();
    assert.ok(world.log.some((line) => line.endsWith("by way of \u{fffd}]0;us")));
    assert.deepEqual(started(), []);
  });

  it("repeats what a ProxyCommand that fails has said", async () => {
    const world = makeWorld(files);
    const host = hostOf("far", far, { proxyCommand: "sh -c 'echo no such proxy >&2; exit 1'" });
    await assert.rejects(connectSsh2(host, world.session, never), (error: Error) => {
      assert.match(error.message, /The ProxyCommand of far ended: no such proxy/);
      return hasCode("unreachable")(error);
    });
  });

  it("says why a host cannot be reached", async () => {
    const { session } = makeWorld(files);
    const refused = hostOf("far", { ...far, port: await freePort() });
    await assert.rejects(connectSsh2(refused, session, never), hasCode("unreachable"));
    const unknown = hostOf("far", far, { hostname: "no-such-host.invalid" });
    await assert.rejects(connectSsh2(unknown, session, never), (error: unknown) =>
      ["host-unknown", "unreachable"].some((code) => error instanceof Error && "code" in error && error.code === code),
    );
  });

  it("gives up on a server that says nothing, after ConnectTimeout", async () => {
    const { session } = makeWorld(files);
    const mute = createServer();
    const host = hostOf("mute", { ...far, port: await listen(mute) }, { connectTimeoutMs: 50 });
    await assert.rejects(connectSsh2(host, session, never), hasCode("timed-out"));
    mute.close();
  });

  it("leaves nothing of an attempt that is cancelled", async () => {
    const { session } = makeWorld(files);
    const mute = createServer();
    const stop = new AbortController();
    const host = hostOf("mute", { ...far, port: await listen(mute) });
    const attempt = connectSsh2(host, session, stop.signal);
    const [socket] = await once(mute, "connection");
    const closed = once(socket.resume(), "close");
    stop.abort();
    await assert.rejects(attempt, hasCode("cancelled"));
    await closed;
    mute.close();
  });
});

/** Carries its standard input to a port of this machine and back, and speaks on standard error. */
const relay = [
  'console.error("by way of \\u001b]0;us");',
  'const s = require("node:net").connect(+process.argv[1], "127.0.0.1");',
  "process.stdin.pipe(s).pipe(process.stdout);",
].join("");
