import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import type { Link } from "../../../src/tunnel/link.ts";
import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import { hostOf } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd } from "../sshd.ts";
import { blockOf, foldersOf, hasCode, makeWorld, processesOf, type World } from "./world.ts";

const never = new AbortController().signal;

describe("a link made by the system's ssh", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;
  let world: World;
  let link: Link;
  let echo: Server;
  let port: number;
  let closed: number;

  before(async () => {
    files = scratch();
    closed = await freePort();
    echo = createServer(
      { allowHalfOpen: true },
      (socket) => void socket.on("error", () => socket.destroy()).pipe(socket),
    );
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    const address = echo.address();
    port = typeof address === "object" && address ? address.port : 0;
    sshd = await startSshd(files);
    const opened = await freePort();
    world = makeWorld(files, [
      ...blockOf("gpu", sshd, [
        "StrictHostKeyChecking no",
        `LocalForward 0.0.0.0:${opened} 127.0.0.1:22`,
        "GatewayPorts yes",
        "ForwardAgent yes",
        `RemoteCommand touch ${files.file("remote-command-ran")}`,
        "PermitLocalCommand yes",
        `LocalCommand touch ${files.file("local-command-ran")}`,
        "BatchMode yes",
        "ControlMaster auto",
        `ControlPath ${files.file("users")}`,
        "ControlPersist yes",
        "ForkAfterAuthentication yes",
      ]),
    ]);
    writeFileSync(world.knownHosts, sshd.knownHostsLine());
    link = await connectOpenssh(hostOf("gpu", sshd, { userKnownHostsFiles: [world.knownHosts] }), world.session, never);
  });

  after(async () => {
    await link.close();
    await sshd.stop();
    echo.close();
    files.remove();
  });

  it("says what it knows of the connection", () => {
    assert.equal(link.peer.engine, "openssh");
    assert.equal(link.peer.fingerprint, sshd.fingerprint);
    assert.equal(link.peer.keyType, "ssh-ed25519");
    assert.deepEqual(link.peer.hops, ["gpu"]);
    assert.match(link.peer.software ?? "", /^OpenSSH/);
    assert.ok(link.peer.cipher);
  });

  it("asks nothing about a key that is known", () => assert.deepEqual(world.asked.keys, []));

  it("opens nothing of what the user's config would open", () => {
    const inodes = listenersOf(processesOf(world));
    assert.deepEqual(inodes, []);
    for (const file of ["remote-command-ran", "local-command-ran", "users"])
      assert.ok(!existsSync(files.file(file)), file);
  });

  it("forwards no agent", async () => {
    const { stdout } = await link.run("sh -s", 'echo "agent=$SSH_AUTH_SOCK"\n', never);
    assert.equal(stdout, "agent=\n");
  });

  it("carries bytes both ways, and each end by itself", async () => {
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    stream.end("x".repeat(300_000));
    assert.equal((await text(stream)).length, 300_000);
  });

  it("uses one forward for many connections to a target", async () => {
    const target = { kind: "tcp", host: "127.0.0.1", port } as const;
    const streams = await Promise.all(Array.from({ length: 20 }, () => link.open(target, never)));
    await Promise.all(
      streams.map(async (stream, index) => {
        stream.end(`${index}`);
        assert.equal(await text(stream), `${index}`);
      }),
    );
  });

  it("reaches a unix socket", async () => {
    const path = files.file("odd %d:name.sock");
    const server = createServer((socket) => socket.end("hello"));
    server.listen(path);
    await once(server, "listening");
    const stream = await link.open({ kind: "unix", path }, never);
    assert.equal(await text(stream), "hello");
    stream.end();
    server.close();
  });

  it("tells a port where nothing listens from one that is forbidden", async () => {
    const strict = await startSshd(files, { name: "strict", config: [`PermitOpen 127.0.0.1:${closed}`] });
    const narrow = makeWorld(files, blockOf("strict", strict));
    writeFileSync(narrow.knownHosts, strict.knownHostsLine());
    const host = hostOf("strict", strict, { userKnownHostsFiles: [narrow.knownHosts] });
    const other = await connectOpenssh(host, narrow.session, never);
    const refused = other.open({ kind: "tcp", host: "127.0.0.1", port: closed }, never);
    const forbidden = other.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    await assert.rejects(refused, hasCode("nothing-listens"));
    await assert.rejects(forbidden, hasCode("forwarding-forbidden"));
    await other.close();
    await strict.stop();
    await assert.rejects(link.open({ kind: "unix", path: "/tmp/no-such.sock" }, never), hasCode("nothing-listens"));
  });

  it("runs a command with its input, and says how it ended", async () => {
    const result = await link.run("cat; exit 3", "the rest\n", never);
    assert.deepEqual(result, { stdout: "the rest\n", stderr: "", code: 3 });
    assert.equal((await link.run("sh -s", "echo 255 >&2; exit 255\n", never)).code, 255);
  });

  it("ends a command that is cancelled", async () => {
    const stop = new AbortController();
    const running = link.run("sh -s", "sleep 60\n", stop.signal);
    stop.abort();
    await assert.rejects(running, hasCode("cancelled"));
  });

  it("answers a probe", () => link.probe(5000));

  it("leaves nothing when it is closed", async () => {
    const other = await connectOpenssh(link.host, world.session, never);
    const before = new Set(processesOf(world));
    const stream = await other.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    const streamClosed = once(stream, "close");
    await other.close();
    await streamClosed;
    assert.equal(await other.gone, undefined);
    assert.equal(foldersOf(world).length, 1);
    assert.ok(processesOf(world).length < before.size);
  });

  it("says that it is gone when the server is", async () => {
    const far = await startSshd(files, { name: "far" });
    const away = makeWorld(files, blockOf("far", far));
    writeFileSync(away.knownHosts, far.knownHostsLine());
    const lost = await connectOpenssh(
      hostOf("far", far, { userKnownHostsFiles: [away.knownHosts] }),
      away.session,
      never,
    );
    await far.stop();
    assert.ok(hasCode("connection-lost")(await lost.gone));
    await assert.rejects(lost.open({ kind: "tcp", host: "127.0.0.1", port }, never), hasCode("connection-lost"));
    await lost.close();
    assert.deepEqual([foldersOf(away), processesOf(away)], [[], []]);
  });

  it("says so where there is no ssh", async () => {
    const environment = { ...world.session.environment, ssh: "/nowhere/ssh" };
    await assert.rejects(connectOpenssh(link.host, { ...world.session, environment }, never), hasCode("ssh-missing"));
  });
});

/** TCP sockets that processes listen on, by the kernel's word. */
function listenersOf(pids: readonly number[]): readonly string[] {
  return pids.flatMap((pid) =>
    ["tcp", "tcp6"].flatMap((table) => {
      const sockets = new Set(socketsOf(pid));
      const rows = readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1);
      return rows
        .map((row) => row.trim().split(/\s+/))
        .filter((row) => row[3] === "0A" && sockets.has(row[9] ?? ""))
        .map((row) => row[1] ?? "");
    }),
  );
}

function socketsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap(
    (fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
  );
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}
