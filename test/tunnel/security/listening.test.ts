import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createInterface } from "node:readline";
import type { EngineName } from "../../../src/tunnel/link.ts";
import { startAgent, type TestAgent } from "../auth/agent.ts";
import { portOf } from "../discovery/fakes.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd } from "../sshd.ts";
import { listenersBeyondLoopback, listenersOf } from "./kernel.ts";
import { never, type Person, person } from "./person.ts";

describe("an ssh config that opens everything to everyone", function () {
  this.timeout(60_000);
  let folder: Scratch;
  let sshd: Sshd;
  let agent: TestAgent;
  let far: Server;
  /** What the last session on the host had for an environment. */
  let session: string;
  let config: readonly string[];

  before(async () => {
    folder = scratch();
    session = folder.file("session");
    const remote = folder.file("remote");
    mkdirSync(remote);
    sshd = await startSshd(folder, {
      config: [
        `SetEnv HOME=${remote} TMPDIR=${remote} XDG_STATE_HOME=${remote}`,
        `ForceCommand env > ${session}; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
        "GatewayPorts clientspecified",
        "X11Forwarding yes",
        "X11UseLocalhost no",
      ],
    });
    agent = await startAgent(folder, [sshd.userKey]);
    far = createServer((_, response) => response.end("the far side")).listen(0, "127.0.0.1");
    await once(far, "listening");
    config = [
      "Host gpubox",
      "HostName 127.0.0.1",
      `Port ${sshd.port}`,
      `User ${sshd.user}`,
      `IdentityFile ${sshd.userKey.file}`,
      `LocalForward 0.0.0.0:${await freePort()} 127.0.0.1:22`,
      `RemoteForward 0.0.0.0:${await freePort()} 127.0.0.1:22`,
      `DynamicForward 0.0.0.0:${await freePort()}`,
      "GatewayPorts yes",
      "ForwardAgent yes",
      "ForwardX11 yes",
      "ForwardX11Trusted yes",
    ];
    writeFileSync(folder.file("tensorboard"), tensorboard);
    chmodSync(folder.file("tensorboard"), 0o755);
  });

  after(async () => {
    await sshd.stop();
    await agent.stop();
    far.closeAllConnections();
    far.close();
    folder.remove();
  });

  const someone = (name: string): Person =>
    person(
      folder,
      name,
      { config, knownHosts: sshd.knownHostsLine() },
      {},
      {
        SSH_AUTH_SOCK: agent.socket,
        DISPLAY: "127.0.0.1:0",
      },
    );

  it("does so with plain ssh", async () => {
    const { home } = someone("plain");
    const env = { PATH: process.env["PATH"], SSH_AUTH_SOCK: agent.socket };
    const ssh = spawn("ssh", ["-F", `${home}/config`, "gpubox", "echo ready; cat"], { env });
    await once(createInterface({ input: ssh.stdout }), "line");
    assert.equal(listenersBeyondLoopback(ssh.pid ?? 0).length, 2);
    assert.equal(listenersBeyondLoopback(sshd.pid).length, 1);
    assert.match(readFileSync(session, "utf8"), /^SSH_AUTH_SOCK=/m);
    await ended(ssh);
  });

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    it(`opens nothing beyond 127.0.0.1, nor the agent to the host, with us, by ${engine}`, async () => {
      rmSync(session, { force: true });
      const { service, news } = someone(engine);
      const beyond = new Set<string>();
      // sshd and what it runs are ours here, too.
      news.on("heard", () => {
        for (const address of listenersBeyondLoopback(process.pid)) beyond.add(address);
      });
      const at = { host: "gpubox", engine };
      try {
        const target = { kind: "tcp", host: "127.0.0.1", port: portOf(far) } as const;
        const { localPort } = await service.open({ ...at, id: engine, target, kind: "mlflow" }, never);
        await service.discover(at, never);
        await service.audit(at, never);
        const program = folder.file("tensorboard");
        const { name } = await service.start({ ...at, kind: "tensorboard", socket: false, program }, never);
        news.emit("heard");
        const hex = localPort.toString(16).toUpperCase().padStart(4, "0");
        assert.ok(listenersOf(process.pid).includes(`0100007F:${hex}`));
        await service.stopServer({ ...at, name }, never);
        news.emit("heard");
        assert.deepEqual([...beyond], []);
        assert.ok(existsSync(session));
        assert.doesNotMatch(readFileSync(session, "utf8"), /^(SSH_AUTH_SOCK|DISPLAY)=/m);
      } finally {
        await service.close({}, never);
      }
    });
  }
});

/** Serves where it is told to. */
const tensorboard = `#!${process.execPath}
const words = process.argv.slice(2).flatMap((word) => word.split("="));
const option = (name) => words[words.indexOf(name) + 1];
const body = JSON.stringify({ version: "2.17.0", data_location: "runs", window_title: "" });
require("node:http")
  .createServer((request, response) => response.setHeader("content-type", "application/json").end(body))
  .listen(Number(option("--port")), option("--host"));
`;

async function ended(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.kill();
  await closed;
}
