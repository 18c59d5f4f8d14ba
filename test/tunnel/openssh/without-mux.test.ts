import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import type { Link } from "../../../src/tunnel/link.ts";
import { connectWithoutMux } from "../../../src/tunnel/openssh/without-mux.ts";
import { hostOf } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd } from "../sshd.ts";
import { blockOf, foldersOf, hasCode, makeWorld, processesOf, type World } from "./world.ts";

const never = new AbortController().signal;

/** What Windows gets, as far as it can be run here: the supervisor, the askpass program and its pipe are other there. */
describe("the system's ssh without a master", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;
  let world: World;
  let link: Link;

  before(async () => {
    files = scratch();
    sshd = await startSshd(files);
    const opened = await freePort();
    world = makeWorld(files, [
      ...blockOf("gpu", sshd),
      ...blockOf("busy", sshd, [`LocalForward 127.0.0.1:${opened} 127.0.0.1:22`]),
    ]);
    writeFileSync(world.knownHosts, sshd.knownHostsLine());
    link = await connectWithoutMux("/usr/bin/ssh", known("gpu"), world.session, never);
  });

  after(async () => {
    await link.close();
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
    await sshd.stop();
    files.remove();
  });

  const known = (name: string) => hostOf(name, sshd, { userKnownHostsFiles: [world.knownHosts] });

  it("reaches a port, and tells where nothing listens", async () => {
    const server = createServer((socket) => socket.end("hello"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const stream = await link.open({ kind: "tcp", host: "127.0.0.1", port }, never);
    assert.equal(await text(stream), "hello");
    stream.end();
    server.close();
    const closed = link.open({ kind: "tcp", host: "127.0.0.1", port: await freePort() }, never);
    await assert.rejects(closed, hasCode("nothing-listens"));
  });

  it("runs a command, and answers a probe", async () => {
    assert.equal((await link.run("sh -s", "echo hi\n", never)).stdout, "hi\n");
    await link.probe(5000);
  });

  it("refuses a host whose own forwards it could not leave out", async () => {
    const busy = await connectWithoutMux("/usr/bin/ssh", known("busy"), world.session, never);
    await assert.rejects(busy.open({ kind: "tcp", host: "127.0.0.1", port: 1 }, never), hasCode("bad-request"));
    await busy.close();
  });
});
