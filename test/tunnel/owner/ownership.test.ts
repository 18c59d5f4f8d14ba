import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { digest } from "../../../src/tunnel/owner/lock-file.ts";
import { openOwnership } from "../../../src/tunnel/owner/ownership.ts";
import type { OwnerRecord, TunnelRecord } from "../../../src/tunnel/owner/record.ts";
import type { OwnerWatch } from "../../../src/tunnel/owner/watch.ts";
import { type Scratch, scratch } from "../scratch.ts";

const tunnel: TunnelRecord = {
  id: "gpubox → jupyter / a b",
  host: "gpubox",
  target: { kind: "unix", path: "/run/user/1000/jupyter.sock" },
  kind: "jupyter",
  basePath: "/lab/",
  localPort: 8888,
  guarded: false,
};

describe("the owner of a tunnel", function () {
  this.timeout(20_000);
  let place: Scratch;
  let bin: Scratch;
  let program: string;
  const children: Contender[] = [];
  const watches: OwnerWatch[] = [];
  const lines: string[] = [];
  const open = (options = {}) => openOwnership({ stateFolder: place.path }, (_, line) => lines.push(line), options);

  before(() => {
    bin = scratch();
    program = buildContender(bin);
  });
  after(() => bin.remove());
  beforeEach(() => {
    place = scratch();
    lines.length = 0;
  });
  afterEach(async () => {
    for (const watch of watches.splice(0)) watch.close();
    await Promise.all(children.splice(0).map((child) => child.kill()));
    place.remove();
  });

  async function contender(id = tunnel.id, port = 9000): Promise<Contender> {
    const child = await startContender(program, [place.path, id, String(port)]);
    children.push(child);
    return child;
  }

  it("is the first to claim it; the next one learns who and where", () => {
    assert.equal(open().claim(tunnel).owned, true);
    const second = open().claim({ ...tunnel, localPort: 1 });
    assert.ok(!second.owned);
    const { owner, ...held } = second.owner;
    assert.deepEqual(held, tunnel);
    assert.equal(owner.pid, process.pid);
    assert.equal(open().claim({ ...tunnel, id: "another" }).owned, true);
  });

  it("gives it back, and only its own", () => {
    const first = open().claim(tunnel);
    assert.ok(first.owned);
    first.release();
    const second = open().claim(tunnel);
    assert.ok(second.owned);
    second.update({ ...tunnel, localPort: 8889 });
    first.release();
    assert.deepEqual(
      open()
        .owners()
        .map(({ localPort }) => localPort),
      [8889],
    );
    second.release();
    assert.deepEqual(open().owners(), []);
    assert.deepEqual(locks(), []);
  });

  it("keeps its files to the user", () => {
    open().claim(tunnel);
    const [file = ""] = locks();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(file, "..")).mode & 0o777, 0o700);
  });

  it("is one of ten processes that claim it at once, every time", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => contender()));
    for (let round = 0; round < 40; round++) {
      const [file] = locks();
      if (file) writeFileSync(file, round % 2 ? deadRecord(round) : `damaged ${round}`);
      const said = await Promise.all(all.map((child) => child.claim()));
      const owners = all.filter((_, index) => said[index] === "owned");
      assert.equal(owners.length, 1, said.join());
      const held = said.filter((each) => each !== "owned");
      assert.deepEqual(new Set(held), new Set([`held by ${owners[0]?.pid} on 9000`]));
      assert.equal(locks().length, 1);
    }
  });

  it("is followed by another when it is killed", async () => {
    const owner = await contender();
    assert.equal(await owner.claim(), "owned");
    const next = await contender(tunnel.id, 9001);
    assert.equal(await next.claim(), `held by ${owner.pid} on 9000`);
    await owner.kill();
    assert.deepEqual(open().owners(), []);
    assert.equal(await next.claim(), "owned");
    assert.deepEqual(
      open()
        .owners()
        .map(({ localPort, owner: { pid } }) => [pid, localPort]),
      [[next.pid, 9001]],
    );
  });

  it("is not taken for alive because its number was given out again", () => {
    const owner = open();
    owner.claim(tunnel);
    const [file = ""] = locks();
    const record = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...record, owner: { ...record.owner, started: "another boot 1" } }));
    assert.deepEqual(owner.owners(), []);
    assert.equal(open().claim(tunnel).owned, true);
  });

  it("does not matter where its file is damaged, which the log names once", () => {
    const ownership = open();
    ownership.claim(tunnel);
    const [file = ""] = locks();
    writeFileSync(file, '{"version":1,"id":');
    assert.deepEqual(ownership.owners(), []);
    assert.deepEqual(ownership.owners(), []);
    assert.deepEqual(lines, [`The lock file ${file} is damaged, so nobody owns its tunnel.`]);
    assert.equal(ownership.claim(tunnel).owned, true);
  });

  it("does not matter where it died while taking over", () => {
    const ownership = open();
    ownership.claim(tunnel);
    const [file = ""] = locks();
    writeFileSync(file, "damaged");
    writeFileSync(`${file}.${digest("damaged")}`, deadRecord());
    assert.equal(ownership.claim(tunnel).owned, true);
    assert.deepEqual(locks(), [file]);
  });

  it("is nobody after our worker has crashed and was started anew", async () => {
    const crashing = new Worker(program, { argv: [place.path, tunnel.id, "1"], stdin: true, stdout: true });
    crashing.stdin?.write("claim\n");
    for await (const line of createInterface({ input: crashing.stdout })) if (line === "owned") break;
    const here = { stateFolder: place.path };
    assert.equal(openOwnership(here, () => undefined).owners().length, 0);
    assert.equal(openOwnership(here, () => undefined).claim(tunnel).owned, true);
    await crashing.terminate();
  });

  describe("watched from another window", () => {
    it("is told when one comes, changes and goes", async () => {
      const mine = open();
      const changes = changesOf(mine);
      const other = open();
      const first = other.claim(tunnel);
      assert.ok(first.owned);
      assert.deepEqual(
        (await changes.next()).map(({ localPort }) => localPort),
        [8888],
      );
      first.update({ ...tunnel, localPort: 8890 });
      assert.deepEqual(
        (await changes.next()).map(({ localPort }) => localPort),
        [8890],
      );
      first.release();
      assert.deepEqual(await changes.next(), []);
    });

    it("is told that one was killed, at once when asked to look", async () => {
      const owner = await contender();
      await owner.claim();
      const changes = changesOf(open());
      await owner.kill();
      changes.watch.check();
      assert.deepEqual(await changes.next(), []);
    });

    it("is told that one was killed, soon when not asked", async () => {
      const owner = await contender();
      await owner.claim();
      const changes = changesOf(open({ checkEveryMs: 20 }));
      // The regular check keeps no process alive, and here nothing else does.
      const awake = setInterval(() => undefined, 1000);
      await owner.kill();
      assert.deepEqual(await changes.next(), []);
      clearInterval(awake);
    });
  });

  function changesOf(ownership: ReturnType<typeof open>) {
    const seen: (readonly OwnerRecord[])[] = [];
    let wake = () => {};
    const watch = ownership.watch((owners) => {
      seen.push(owners);
      wake();
    });
    watches.push(watch);
    const next = async (): Promise<readonly OwnerRecord[]> => {
      const first = seen.shift();
      if (first) return first;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return next();
    };
    return { watch, next };
  }

  /** Every file there is, by its whole path. */
  function locks(): string[] {
    return readdirSync(place.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }
});

/** A lock file of a process that cannot be: Linux numbers processes up to 2^22. */
function deadRecord(thread = 0): string {
  return JSON.stringify({ version: 1, ...tunnel, owner: { pid: 2 ** 22 + 1, thread } });
}

type Contender = { readonly pid: number; claim(): Promise<string>; kill(): Promise<void> };

async function startContender(program: string, args: readonly string[]): Promise<Contender> {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout, pid = 0 } = child;
  assert.ok(stdin && stdout);
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  assert.equal((await answers.next()).value, "ready");
  return {
    pid,
    async claim() {
      stdin.write("claim\n");
      return String((await answers.next()).value);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function buildContender(folder: Scratch): string {
  const outfile = folder.file("contender.js");
  buildSync({
    entryPoints: ["test/tunnel/owner/contender.ts"],
    outfile,
    bundle: true,
    platform: "node",
    mainFields: ["module", "main"],
  });
  return outfile;
}
