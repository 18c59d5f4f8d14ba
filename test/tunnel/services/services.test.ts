import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { StartedServer, StartRequest } from "../../../src/tunnel/launcher/started.ts";
import { openService } from "../../../src/tunnel/serve.ts";
import type { TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { targetText } from "../../../src/tunnel/target.ts";
import { nearMachine, nobody } from "../near.ts";
import { pythonEnvironment } from "../python.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { hasSshd, type Sshd, startSshd } from "../sshd.ts";

const python = pythonEnvironment();
const sshdThere = hasSshd();
if (!sshdThere) console.log("SKIPPED: sshd is missing");
if (!sshdThere && process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw new Error("sshd is missing");

if (python !== undefined && sshdThere) {
  describe("the real servers, started on a host and used through a tunnel", function () {
    // MLflow makes its database at the first start, which took 20 s on a quiet machine.
    this.timeout(180_000);

    let folder: Scratch;
    let home: string;
    let sshd: Sshd;
    let service: TunnelService;
    const never = new AbortController().signal;
    const host = "gpubox";

    const start = (request: Partial<StartRequest> & Pick<StartRequest, "kind">) =>
      service.start({ host, socket: false, folder: "~/work", program: python, ...request }, never);

    const open = ({ name, kind, target, basePath }: StartedServer) =>
      service.open({ id: name, host, kind, target, basePath }, never);

    const end = async ({ name }: StartedServer) => {
      await service.stop({ id: name }, never);
      await service.stopServer({ host, name }, never);
      assert.deepEqual(await service.started({ host }, never), []);
    };

    /** What a script printed, line by line; it runs on our side, with the same Python. */
    const run = async (script: string, args: readonly string[], env: Record<string, string>, input = "") => {
      const file = join("test", "tunnel", "services", script);
      const running = promisify(execFile)(join(python, "bin", "python"), [file, ...args], {
        env: {
          HOME: folder.path,
          TMPDIR: folder.path,
          PYTHONPATH: join("test", "tunnel"),
          PYTHONDONTWRITEBYTECODE: "1",
          MLFLOW_DISABLE_TELEMETRY: "true",
          ...env,
        },
      });
      running.child.stdin?.end(input);
      return (await running).stdout.trim().split("\n");
    };

    before(async () => {
      folder = scratch();
      home = folder.file("home");
      for (const name of ["work", "tmp"]) mkdirSync(join(home, name), { recursive: true });
      sshd = await startSshd(folder, { config: [`SetEnv ${remoteVariables(home)}`] });
      service = serviceTo(sshd, folder);
    });

    after(async () => {
      try {
        // What a test that failed half-way has left.
        for (const { name } of await service.started({ host }, never)) await service.stopServer({ host, name }, never);
        await service.close({}, never);
      } finally {
        await sshd.stop();
        const left = processesOf(home);
        folder.remove();
        assert.deepEqual(left, [], "something that we started is still running");
      }
    });

    for (const socket of [false, true]) {
      it(`runs a cell in JupyterLab over ${socket ? "a unix socket" : "TCP"}, with Jupyter's own token`, async () => {
        const server = await start({ kind: "jupyter", socket });
        assert.equal(server.target.kind, socket ? "unix" : "tcp");
        const { servers } = await service.discover({ host }, never);
        const found = servers.find(({ target }) => targetText(target) === targetText(server.target));
        assert.ok(found, "discovery finds what the launcher started");
        assert.equal(found.auth, "on");

        const token = await service.token({ host, server: found.name }, never);
        const tunnel = await open(server);
        assert.equal(tunnel.state.state, "up");
        const printed = await run("run-cell.py", [address(tunnel), "print(6 * 7)"], {}, token);
        assert.deepEqual(printed, ["without token: 403", "cell: 42"]);
        assert.ok(token && !commandLines(server.pid).includes(token), "no other user can read the token");
        await end(server);
      });
    }

    it("logs a metric and a file to MLflow, behind our check for web pages", async () => {
      const server = await start({ kind: "mlflow" });
      const tunnel = await open(server);
      assert.ok(tunnel.guarded);
      const printed = await run("log-metric.py", [], { MLFLOW_TRACKING_URI: address(tunnel) });
      assert.deepEqual(printed.slice(-2), ["[0.5, 0.25]", "hello"]);
      assert.ok(readdirSync(join(home, "work")).includes("mlflow.db"), "the runs are kept in its folder");
      await end(server);
    });

    it("finds TensorBoard still there after every connection was closed", async () => {
      const server = await start({ kind: "tensorboard" });
      await service.close({}, never);
      service = serviceTo(sshd, folder);
      assert.deepEqual(await service.started({ host }, never), [server]);
      const tunnel = await open(server);
      const answer = await fetch(`${address(tunnel)}/data/environment`);
      assert.match(await answer.text(), /"data_location": ".*\/home\/work"/);
      await end(server);
    });
  });
}

/** Everything that the servers write goes into the scratch folder, and nothing is sent home. */
function remoteVariables(home: string): string {
  return [
    `HOME=${home}`,
    `TMPDIR=${join(home, "tmp")}`,
    "MLFLOW_DISABLE_TELEMETRY=true",
    // Its queue in /dev/shm stays there when MLflow ends.
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false",
  ].join(" ");
}

function serviceTo(sshd: Sshd, folder: Scratch): TunnelService {
  const said = () => undefined;
  return openService(nearMachine(folder, sshd, "gpubox"), nobody, said, said);
}

function address({ localPort }: TunnelStatus): string {
  return `http://127.0.0.1:${localPort}`;
}

/** What any user of the machine can see of a process and its group. */
function commandLines(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8");
}

/** Every process whose home is the folder: kernels and workers too, wherever they have gone since. */
function processesOf(home: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${home}\0`);
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
