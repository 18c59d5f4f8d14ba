import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createServer, get, type Server as HttpServer } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, connect } from "node:net";
import { basename, resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type Clock, systemClock } from "../../../src/tunnel/clock.ts";
import type { Environment } from "../../../src/tunnel/environment.ts";
import type { EngineName } from "../../../src/tunnel/link.ts";
import { realParts } from "../../../src/tunnel/parts.ts";
import { openService } from "../../../src/tunnel/serve.ts";
import type { OpenRequest, ServiceOptions, TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { startService } from "../../../src/tunnel/worker/client.ts";
import { nearMachine, nobody } from "../near.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { hasSshd, type Sshd, startSshd, tell, treeOf } from "../sshd.ts";

// The build script's own description of what ships; it is plain JavaScript.
const { bundles } = createRequire(resolve("package.json"))("./esbuild.js") as { bundles: Record<string, BuildOptions> };

const holder: BuildOptions = {
  ...{ entryPoints: ["test/tunnel/tunnel/holder.ts"], outfile: "holder.js", bundle: true, platform: "node" },
};

const never = new AbortController().signal;

if (!hasSshd()) {
  console.error("SKIPPED: sshd is missing, so no tunnel to a real one is tested");
  assert.ok(!process.env["LAUNCH_GUARD_REQUIRE_ALL"], "sshd is missing");
}

(hasSshd() ? describe : describe.skip)("a tunnel to a real sshd", function () {
  this.timeout(30_000);
  let folder: Scratch;
  let sshd: Sshd;
  let machine: Environment;
  let far: HttpServer;
  let service: TunnelService;
  let shown: TunnelStatus[];
  const changes = new EventEmitter();
  /** How far the calendar is ahead of the timers. */
  let sleptMs: number;

  before(async () => {
    folder = scratch();
    const shipped = [bundles["tunnelWorker"], bundles["auditFindings"], bundles["askpass"], holder];
    await Promise.all(
      shipped.map((options) => build({ ...options, outfile: folder.file(basename(String(options?.outfile))) })),
    );
  });

  after(() => folder.remove());

  beforeEach(async () => {
    far = createServer((_, response) => response.end("the far side")).listen(0, "127.0.0.1");
    await once(far, "listening");
    sshd = await startSshd(folder);
    machine = { ...nearMachine(folder, sshd, "far"), bundleFolder: folder.path };
    [shown, sleptMs] = [[], 0];
    service = serviceWith({ keepaliveSeconds: 1 });
  });

  afterEach(async () => {
    await service.close({}, never);
    await sshd.stop();
    far.close();
    far.closeAllConnections();
  });

  /** Its own waits are a tenth of what they are, except those for sshd. */
  function serviceWith(options: ServiceOptions): TunnelService {
    const clock: Clock = {
      now: () => Date.now() + sleptMs,
      wait: (ms, signal) => systemClock.wait(ms / 10, signal),
      random: () => 0.5,
    };
    const publish = (status: TunnelStatus) => {
      shown.push(status);
      changes.emit("shown");
    };
    return openService(machine, nobody, () => undefined, publish, options, { ...realParts, clock });
  }

  function request(more: Partial<OpenRequest> = {}): OpenRequest {
    // A listening TCP server has an address with a port.
    const { port } = far.address() as AddressInfo;
    return { id: "far", host: "far", target: { kind: "tcp", host: "127.0.0.1", port }, kind: "jupyter", ...more };
  }

  /** Resolves once a tunnel is shown so, also if it was since `from`. */
  async function shows(state: string, id = "far", from = shown.length): Promise<void> {
    while (!shown.slice(from).some((status) => status.id === id && status.state.state === state))
      await once(changes, "shown");
  }

  /** Processes that serve logged-in users, and their children. */
  function sessions(): number[] {
    return treeOf(sshd.pid).slice(1);
  }

  async function restart(): Promise<void> {
    const { port, hostKey, userKey } = sshd;
    await sshd.stop();
    sshd = await startSshd(folder, { port, hostKey, userKey });
  }

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    it(`is up again on the same port after sshd was killed and came back, by ${engine}`, async () => {
      const { localPort } = await service.open(request({ engine }), never);
      await shows("up", "far", 0);
      assert.equal(await fetched(localPort), "the far side");

      const open = connect({ host: "127.0.0.1", port: localPort });
      open.on("error", () => undefined);
      open.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await once(open, "data");
      const closed = new Promise((resolve) => open.once("close", resolve));
      const from = shown.length;
      await restart();
      await closed;
      await shows("reconnecting", "far", from);
      await shows("up", "far", from);
      assert.equal(shown.at(-1)?.localPort, localPort);
      assert.equal(await fetched(localPort), "the far side");
    });
  }

  it("is checking while sshd stands still, and goes on without a new login when it moves again", async () => {
    await service.close({}, never);
    service = serviceWith({});
    await service.open(request(), never);
    const stopped = sessions();
    const from = shown.length;
    tell(stopped, "SIGSTOP");
    try {
      await shows("checking", "far", from);
    } finally {
      tell(stopped, "SIGCONT");
    }
    await shows("up", "far", from);
    assert.equal(logins(), 1);
    assert.ok(!shown.some(({ state }) => state.state === "reconnecting"));
  });

  it("connects again when sshd stands still for longer than its signs of life", async () => {
    await service.open(request(), never);
    const from = shown.length;
    const stopped = sessions();
    tell(stopped, "SIGSTOP");
    await shows("reconnecting", "far", from);
    await shows("up", "far", from);
    tell(stopped, "SIGKILL");
    assert.equal(logins(), 2);
  });

  it("notices after a sleep that its link is dead, and does not wait for more signs", async () => {
    await service.close({}, never);
    service = serviceWith({});
    await service.open(request(), never);
    const from = shown.length;
    const stopped = sessions();
    tell(stopped, "SIGSTOP");
    sleptMs = 8 * 3_600_000;
    await shows("up", "far", from);
    tell(stopped, "SIGKILL");
    assert.equal(logins(), 2);
  });

  it("shares one login with other tunnels and with every look at the host", async () => {
    await Promise.all([
      service.open(request(), never),
      service.open(request({ id: "second" }), never),
      service.started({ host: "far" }, never),
    ]);
    assert.equal(logins(), 1);
    const from = shown.length;
    await restart();
    await Promise.all([shows("up", "far", from), shows("up", "second", from)]);
    assert.equal(logins(), 1, "also when they come back");
  });

  it("fails, and says so, where the host comes back with another key", async () => {
    await service.open(request(), never);
    const from = shown.length;
    const { port, userKey } = sshd;
    await sshd.stop();
    sshd = await startSshd(folder, { port, userKey });
    await shows("failed", "far", from);
    const { state } = shown.at(-1) ?? {};
    assert.ok(state?.state === "failed" && state.because.code === "host-key-changed");
  });

  it("is checking while the service is gone, and up when it is back", async () => {
    await service.open(request(), never);
    const { port } = far.address() as AddressInfo;
    const from = shown.length;
    far.close();
    far.closeAllConnections();
    await shows("checking", "far", from);
    far.listen(port, "127.0.0.1");
    await shows("up", "far", from);
    assert.equal(logins(), 1);
  });

  it("leaves no session on the host and no port here when it is closed", async () => {
    const { localPort } = await service.open(request(), never);
    await service.close({}, never);
    await assert.rejects(fetched(localPort), { code: "ECONNREFUSED" });
    while (sessions().length > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    it(`leaves nothing when its process is killed, by ${engine}`, async () => {
      const holder = spawn(
        process.execPath,
        [folder.file("holder.js"), JSON.stringify({ environment: machine, request: request({ engine }) })],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      const [text] = await once(holder.stdout, "data");
      const localPort = Number(String(text));
      assert.equal(await fetched(localPort), "the far side");
      const ours = treeOf(holder.pid ?? 0);
      holder.kill("SIGKILL");
      await once(holder, "exit");
      while (ours.some(runs)) await new Promise((resolve) => setImmediate(resolve));
      await assert.rejects(fetched(localPort), { code: "ECONNREFUSED" });
      while (sessions().length > 0) await new Promise((resolve) => setImmediate(resolve));
    });
  }

  it("is audited by the worker as it ships", async () => {
    const worker = startService(
      machine,
      nobody,
      () => undefined,
      () => undefined,
    );
    try {
      const { machine, servers } = await worker.audit({ host: "far" }, never);
      assert.notEqual(machine.id, "");
      assert.ok(Array.isArray(servers));
    } finally {
      await worker.close({}, never);
    }
  });

  function logins(): number {
    return sshd.log().match(/^Accepted publickey/gm)?.length ?? 0;
  }
});

async function fetched(port: number): Promise<string> {
  const asked = get({ host: "127.0.0.1", port, agent: false });
  const [response] = await once(asked, "response");
  const chunks: unknown[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return chunks.join("");
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
