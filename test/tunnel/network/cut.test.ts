import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as lasting } from "node:timers/promises";
import { openService } from "../../../src/tunnel/serve.ts";
import type { TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelState, TunnelStatus } from "../../../src/tunnel/status.ts";
import { nearMachine, nobody } from "../near.ts";
import { pythonEnvironment } from "../python.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { type FarMachine, farMachine, mayMakeMachines } from "./far-machine.ts";

const python = pythonEnvironment();
const may = mayMakeMachines();
if (!may) console.log("SKIPPED: network namespaces cannot be made here; they need root and iproute2");
if (!may && process.env["LAUNCH_GUARD_REQUIRE_ALL"] === "1") throw new Error("network namespaces cannot be made");

if (python !== undefined && may) {
  describe("a network cable that is pulled", function () {
    this.timeout(300_000);

    let folder: Scratch;
    let machine: FarMachine;
    let sshd: Sshd;
    let service: TunnelService;
    let trickle: ChildProcessWithoutNullStreams;
    let notebook: Notebook;
    const states = new Map<string, TunnelState["state"][]>();
    const watchers = new Set<() => void>();
    const never = new AbortController().signal;
    const host = "far";

    const ports = new Map<string, number>();
    const localPort = (id: string) => ports.get(id) ?? 0;

    const watch = ({ id, localPort: port, state: { state } }: TunnelStatus) => {
      ports.set(id, port);
      const seen = states.get(id) ?? [];
      states.set(id, seen);
      if (seen.at(-1) !== state) seen.push(state);
      for (const look of watchers) look();
    };

    /** Until the latest state of a tunnel is this one. */
    const until = (id: string, state: TunnelState["state"]) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (states.get(id)?.at(-1) !== state) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });

    before(async () => {
      folder = scratch();
      machine = farMachine();
      const home = folder.file("home");
      mkdirSync(join(home, "tmp"), { recursive: true });
      sshd = await startSshd(folder, {
        within: machine.within,
        address: machine.address,
        config: [`SetEnv HOME=${home} TMPDIR=${join(home, "tmp")}`],
      });
      service = openService(nearMachine(folder, sshd, host, machine.address), nobody, () => undefined, watch);
      const [program = "", ...args] = [...machine.within, process.execPath, "test/tunnel/network/trickle.mjs", "60"];
      trickle = spawn(program, args);
      const port = Number(await firstLine(trickle));
      await service.open({ id: "download", host, target: { kind: "tcp", host: "127.0.0.1", port } }, never);

      const jupyter = await service.start({ host, kind: "jupyter", socket: false, program: python }, never);
      const { target, basePath, name } = jupyter;
      const tunnel = await service.open({ id: "notebook", host, kind: "jupyter", target, basePath }, never);
      const { servers } = await service.discover({ host }, never);
      const found = servers.find((server) => JSON.stringify(server.target) === JSON.stringify(target));
      const token = await service.token({ host, server: found?.name ?? name }, never);
      notebook = await openNotebook(python, tunnel.localPort, token ?? "", folder);
    });

    after(async () => {
      machine.mend();
      if (notebook) await ended(notebook.process);
      for (const { name } of await service.started({ host }, never)) await service.stopServer({ host, name }, never);
      await service.close({}, never);
      await ended(trickle);
      await sshd.stop();
      machine.remove();
      folder.remove();
    });

    it("for 20 s loses no byte of a download and no kernel, and shows checking within 10 s", async () => {
      const download = await ask(localPort("download"));
      const begun = once(download, "data");
      const digest = digestOf(download);
      await begun;
      machine.cut();
      const cutAt = performance.now();
      await Promise.all([until("download", "checking"), until("notebook", "checking")]);
      const shownAfter = performance.now() - cutAt;
      await lasting(20_000 - shownAfter);
      assert.ok(!download.complete, "it is cut in the middle");
      machine.mend();
      assert.equal(await digest, download.headers["etag"]);
      await Promise.all([until("download", "up"), until("notebook", "up")]);
      assert.ok(shownAfter <= 10_000, `checking was shown after ${shownAfter} ms`);
      assert.equal(await notebook.run("print(kept)"), "42");
      for (const seen of states.values()) assert.ok(!seen.includes("reconnecting"), seen.join(" "));
    });

    it("for 90 s closes what is open, and is up again on the same port, with the kernel there", async () => {
      const port = localPort("notebook");
      const download = await ask(localPort("download"));
      // It is reset, so that a download that breaks off does not look like one that ended.
      download.on("error", () => undefined);
      const closed = new Promise<void>((resolve) => download.once("close", () => resolve()));
      await once(download, "data");
      machine.cut();
      const cutAt = performance.now();
      await Promise.all([until("download", "reconnecting"), until("notebook", "reconnecting")]);
      await closed;
      assert.ok(!download.complete);
      await lasting(Math.max(0, 90_000 - (performance.now() - cutAt)));
      machine.mend();
      await Promise.all([until("download", "up"), until("notebook", "up")]);
      assert.equal(localPort("notebook"), port);
      assert.equal(await notebook.run("again: print(kept)"), "42");
    });
  });
}

type Notebook = { readonly process: ChildProcessWithoutNullStreams; run(cell: string): Promise<string> };

async function openNotebook(python: string, port: number, token: string, folder: Scratch): Promise<Notebook> {
  const script = "test/tunnel/network/idle-notebook.py";
  const child = spawn(join(python, "bin", "python"), [script, `http://127.0.0.1:${port}`], {
    env: { HOME: folder.path, TMPDIR: folder.path, PYTHONPATH: "test/tunnel", PYTHONDONTWRITEBYTECODE: "1" },
  });
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  child.stdin.write(`${token}\n`);
  assert.equal(await next(), "ready");
  return {
    process: child,
    run(cell) {
      child.stdin.write(`${cell}\n`);
      return next();
    },
  };
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  const closed = once(child, "close");
  child.kill();
  await closed;
}

async function digestOf(download: IncomingMessage): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of download) hash.update(chunk);
  return hash.digest("hex");
}

async function firstLine({ stdout }: ChildProcessWithoutNullStreams): Promise<string> {
  const [line] = await once(createInterface({ input: stdout }), "line");
  return String(line);
}

function ask(port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1" }, resolve).on("error", reject);
  });
}
