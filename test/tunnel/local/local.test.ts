import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import type { Link } from "../../../src/tunnel/link.ts";
import { auditLocally, type LocalServer } from "../../../src/tunnel/local/audit.ts";
import { type RunningCommand, runningCommands } from "../../../src/tunnel/local/commands.ts";
import { localLink } from "../../../src/tunnel/local/link.ts";
import type { OwnProcess } from "../../../src/tunnel/local/own-process.ts";
import { stopLocally } from "../../../src/tunnel/local/stop.ts";
import { type Fake, fakes, jupyter, serve } from "../discovery/fakes.ts";
import { type FarHost, farHost } from "../discovery/far-host.ts";
import { type Program, type ProgramOptions, startProgram } from "../discovery/program.ts";
import { missing } from "../remote/missing.ts";
import { scratch } from "../scratch.ts";
import { listeningOn } from "../security/kernel.ts";

const never = new AbortController().signal;
const mlflow = fakes.find(({ what }) => what === "MLflow")?.fake ?? {};
/** Seconds; long enough for what ends, and not long to wait for what does not. */
const grace = 1;

describe("this machine", function () {
  this.timeout(20_000);
  let host: FarHost;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(() => {
    host = farHost(scratch());
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    host.scratch.remove();
  });

  async function running(fake: Fake, command: readonly string[], options: ProgramOptions = {}): Promise<Program> {
    const program = await startProgram(host.scratch, fake, command, options);
    open.push(program);
    host.ports.add(program.port);
    return program;
  }

  async function found(port: number, link: Link = host.link): Promise<LocalServer | undefined> {
    const { servers } = await auditLocally(link, never);
    return servers.find(({ server: { target } }) => target.kind === "tcp" && target.port === port);
  }

  async function ownOn(port: number): Promise<OwnProcess> {
    const process = (await found(port))?.process;
    assert.ok(process, "its user may end it");
    return process;
  }

  describe("lists servers", () => {
    it("with what the linter says of them, and the process that its user may end", async () => {
      const { port, pid } = await running(jupyter(), ["python3", "jupyter-lab", "--ip=0.0.0.0"], { host: "0.0.0.0" });
      const local = await found(port);
      assert.equal(local?.server.reach, "network");
      assert.deepEqual(
        local.findings.map(({ rule }) => rule),
        ["public-bind"],
      );
      assert.equal(local.process?.pid, pid);
    });

    it("but not what this very process listens on, which is a tunnel's end", async () => {
      const served = await serve(jupyter());
      open.push(served);
      host.ports.add(served.port);
      assert.equal(await found(served.port), undefined);
    });

    it("of other programs, which may only lead to one, without a process to end", async () => {
      const { port } = await running(jupyter(), ["ssh", "forwarded"]);
      assert.equal((await found(port))?.server.own, true);
      assert.equal((await found(port))?.process, undefined);
    });

    it("of another user without a process to end", async () => {
      if (process.getuid?.() !== 0) return missing("root, to run a server as another user");
      chmodSync(host.scratch.path, 0o711);
      const { port } = await running(jupyter(), ["python3", "jupyter-lab"], { uid: 65534 });
      assert.equal((await found(port))?.server.kind, "jupyter");
      assert.equal((await found(port))?.process, undefined);
    });

    it("of a container without a process to end", async () => {
      if (process.getuid?.() !== 0) return missing("root, to make a namespace");
      const { port } = await running(jupyter(), ["python3", "jupyter-lab"], { contained: true });
      assert.equal((await found(port))?.server.own, true);
      assert.equal((await found(port))?.process, undefined);
    });
  });

  describe("ends a server", () => {
    for (const { kind, fake, command } of [
      { kind: "jupyter", fake: jupyter(), command: ["python3", "jupyter-lab"] },
      { kind: "mlflow", fake: mlflow, command: ["python3", "mlflow", "server"] },
    ] as const) {
      it(`of ${kind}, and waits until nothing listens there`, async () => {
        const { port } = await running(fake, command);
        assert.equal(listeningOn(port).length, 1);
        await stopLocally(host.link, { process: await ownOn(port), kind }, never, grace);
        assert.deepEqual(listeningOn(port), []);
      });
    }

    it("that a script has put into the background, where no interrupt reaches it", async () => {
      const { port } = await running(mlflow, ["python3", "mlflow", "server"], { ignores: ["SIGINT"] });
      await stopLocally(host.link, { process: await ownOn(port), kind: "mlflow" }, never, grace);
      assert.deepEqual(listeningOn(port), []);
    });

    it("by no interrupt where that is Jupyter, which would ask back", async () => {
      const { port } = await running(jupyter(), ["python3", "jupyter-lab"], { ignores: ["SIGTERM"] });
      const request = { process: await ownOn(port), kind: "jupyter" } as const;
      await assert.rejects(stopLocally(host.link, request, never, grace), { code: "does-not-end" });
      assert.equal(listeningOn(port).length, 1);
    });

    it("at once only where that was asked for", async () => {
      const { port } = await running(mlflow, ["python3", "mlflow"], { ignores: ["SIGINT", "SIGTERM"] });
      const request = { process: await ownOn(port), kind: "mlflow" } as const;
      await assert.rejects(stopLocally(host.link, request, never, grace), { code: "does-not-end" });
      await stopLocally(host.link, { ...request, force: true }, never, grace);
      assert.deepEqual(listeningOn(port), []);
    });

    it("that has ended by itself", async () => {
      const program = await running(jupyter(), ["python3", "jupyter-lab"]);
      const own = await ownOn(program.port);
      await program.close();
      await stopLocally(host.link, { process: own, kind: "jupyter" }, never, grace);
    });

    for (const [what, other] of [
      ["began at another time", { born: "1" }],
      ["has another command line", { sum: "1" }],
    ] as const) {
      it(`and leaves alone a process that ${what}`, async () => {
        const { port } = await running(jupyter(), ["python3", "jupyter-lab"]);
        const request = { process: { ...(await ownOn(port)), ...other }, kind: "jupyter" } as const;
        await assert.rejects(stopLocally(host.link, request, never, grace), { code: "not-yours" });
        assert.equal(listeningOn(port).length, 1);
      });
    }
  });

  describe("tells how a server was started", () => {
    async function commands(command: readonly string[], options: ProgramOptions = {}): Promise<RunningCommand[]> {
      const { port } = await running(jupyter(), command, options);
      return [...(await runningCommands(host.link, await ownOn(port), never))];
    }

    it("word by word, with the folder it runs in", async () => {
      const folder = host.scratch.file("it's a\nfolder");
      mkdirSync(folder);
      const [own] = await commands(["python3", "jupyter-lab", "--notebook-dir=a b", "", "'\n$HOME"], { folder });
      assert.deepEqual(own, {
        words: ["python3", host.scratch.file("jupyter-lab"), "--notebook-dir=a b", "", "'\n$HOME"],
        folder,
      });
    });

    it("as a script by its own name, where its first line names that interpreter", async () => {
      const [own] = await commands(["python3", "jupyter-lab", "--no-browser"], { script: "#!/usr/bin/env python3" });
      assert.deepEqual(own?.words, [host.scratch.file("jupyter-lab"), "--no-browser"]);
    });

    it("with what started the worker that listens", async () => {
      const [worker, parent] = await commands(["python3", "jupyter-lab", "--ip=0.0.0.0"], { worker: true });
      assert.deepEqual(worker?.words.slice(2), ["worker"]);
      assert.deepEqual(parent?.words.slice(2), ["--ip=0.0.0.0"]);
    });

    it("only of the process that was listed", async () => {
      const { port } = await running(jupyter(), ["python3", "jupyter-lab", "--IdentityProvider.token=s3cret"]);
      const own = await ownOn(port);
      assert.ok(!JSON.stringify(await auditLocally(host.link, never)).includes("s3cret"));
      await assert.rejects(runningCommands(host.link, { ...own, born: "1" }, never), { code: "not-yours" });
    });
  });

  describe("is looked at without ssh", () => {
    const environment = { home: "/", user: "ada", env: process.env, stateFolder: "/", bundleFolder: "dist" };
    const link = localLink({ ...environment, platform: process.platform });

    it("and leaves nothing running that is given up", async () => {
      const given = new AbortController();
      const word = `launch-guard-${process.pid}`;
      const asked = link.run("sh -s", `sh -c 'sleep 60; :' ${word}\n`, given.signal);
      while (!hasProcess(word)) await new Promise(setImmediate);
      given.abort();
      await assert.rejects(asked, { code: "cancelled" });
      while (hasProcess(word)) await new Promise(setImmediate);
    });

    it("but not on Windows", async () => {
      const windows = localLink({ ...environment, platform: "win32" });
      await assert.rejects(auditLocally(windows, never), {
        code: "not-on-windows",
        message: "Launch Guard cannot see what listens on Windows.",
      });
    });

    it("and says so where nothing answers", async () => {
      const target = { kind: "unix", path: host.scratch.file("none.sock") } as const;
      await assert.rejects(link.open(target, never), { code: "nothing-listens" });
    });
  });
});

function hasProcess(word: string): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").endsWith(`${word}\0`);
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
