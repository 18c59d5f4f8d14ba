import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildSync } from "esbuild";
import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import type { Target } from "../../../src/tunnel/target.ts";
import { hostOf } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort, type Sshd, startSshd, tell, treeOf } from "../sshd.ts";
import { blockOf, foldersOf, hasCode, makeWorld, type Plain, processesOf, type World } from "./world.ts";

const never = new AbortController().signal;

describe("what the system's ssh leaves behind", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;
  let world: World;
  let greeter: Server;
  let target: Target;
  let master: ChildProcess | undefined;

  before(async () => {
    files = scratch();
    sshd = await startSshd(files);
    world = makeWorld(files, blockOf("gpu", sshd));
    writeFileSync(world.knownHosts, sshd.knownHostsLine());
    greeter = createServer((socket) => void socket.on("error", () => socket.destroy()).write("hello"));
    greeter.listen(0, "127.0.0.1");
    await once(greeter, "listening");
    const address = greeter.address();
    target = { kind: "tcp", host: "127.0.0.1", port: typeof address === "object" && address ? address.port : 0 };
    buildSync({
      entryPoints: ["test/tunnel/openssh/holder.ts"],
      bundle: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module", "main"],
      external: ["esbuild", "ssh2"],
      outfile: files.file("holder.js"),
      logLevel: "warning",
    });
  });

  afterEach(async () => {
    if (master?.exitCode === null && master.kill()) await once(master, "exit");
    master = undefined;
  });

  after(async () => {
    await sshd.stop();
    greeter.close();
    files.remove();
  });

  /** The user's own master, with this test as its terminal. */
  async function startLive(): Promise<string> {
    const control = files.file("live");
    const config = world.session.environment.configFile ?? "";
    const known = `UserKnownHostsFile=${world.knownHosts}`;
    const args = ["-F", config, "-o", known, "-o", "LogLevel=DEBUG1", "-M", "-S", control, "-N", "gpu"];
    const child = spawn("/usr/bin/ssh", args, { stdio: ["ignore", "ignore", "pipe"] });
    master = child;
    for await (const chunk of child.stderr) if (`${chunk}`.includes("Entering interactive session")) break;
    return control;
  }

  /** Another process of ours that has a link with a stream. */
  async function startHolder(more: Plain["host"]): Promise<ChildProcess> {
    const { environment } = world.session;
    const plain: Plain = { environment, sshd, target, host: { userKnownHostsFiles: [world.knownHosts], ...more } };
    const child = spawn(process.execPath, [files.file("holder.js"), JSON.stringify(plain)], {
      stdio: ["ignore", "pipe", "inherit"],
      // What its bundle leaves out is in the project, and it is not.
      env: { ...process.env, NODE_PATH: resolve("node_modules") },
    });
    await once(child.stdout, "data");
    return child;
  }

  async function killed(holder: ChildProcess): Promise<void> {
    const session = treeOf(holder.pid ?? 0).slice(1);
    assert.notDeepEqual(session, []);
    holder.kill("SIGKILL");
    await Promise.all([once(holder, "exit"), ...session.map(ended)]);
  }

  it("is nothing after a process that held a link was killed", async () => {
    const holder = await startHolder({});
    assert.equal(foldersOf(world).length, 1);
    await killed(holder);
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
  });

  it("uses a connection that is already open, and takes its forwards back", async () => {
    const controlPath = await startLive();
    // Whatever this key is, nobody is asked.
    const strange = hostOf("gpu", sshd, { controlPath, identityFiles: [] });
    const link = await connectOpenssh(strange, world.session, never);
    const stream = await link.open(target, never);
    const [first] = await once(stream, "data");
    assert.equal(`${first}`, "hello");
    assert.equal((await link.run("cat", "input", never)).stdout, "input");
    await link.probe(5000);
    const closed = await freePort();
    await assert.rejects(link.open({ ...target, port: closed } as Target, never), hasCode("nothing-listens"));
    assert.deepEqual(world.asked, { keys: [], secrets: [], fields: [] });

    assert.notDeepEqual(forwardsOf(master), []);
    await link.close();
    assert.deepEqual(forwardsOf(master), []);
    assert.deepEqual(foldersOf(world), []);
    assert.equal(master?.exitCode, null);
  });

  it("says that the link is gone when the user ends their connection", async () => {
    const controlPath = await startLive();
    const link = await connectOpenssh(hostOf("gpu", sshd, { controlPath }), world.session, never);
    execFileSync("/usr/bin/ssh", ["-F", "none", "-S", controlPath, "-O", "exit", "x"], { stdio: "ignore" });
    assert.ok(hasCode("connection-lost")(await link.gone));
    await link.close();
    assert.deepEqual(foldersOf(world), []);
  });

  it("takes its forward out of the user's connection when it is killed", async () => {
    const controlPath = await startLive();
    const holder = await startHolder({ controlPath });
    assert.notDeepEqual(forwardsOf(master), []);
    await killed(holder);
    assert.deepEqual([forwardsOf(master), foldersOf(world)], [[], []]);
  });

  it("takes a forward out at the next start where even the supervisor was killed", async () => {
    const controlPath = await startLive();
    const holder = await startHolder({ controlPath });
    const [own = 0, ...session] = treeOf(holder.pid ?? 0);
    // The supervisor before what it waits for, and both before the pipe that they read is closed.
    tell([...session, own], "SIGKILL");
    await Promise.all([once(holder, "exit"), ...session.map(ended)]);
    assert.equal(foldersOf(world).length, 1);
    assert.notDeepEqual(forwardsOf(master), []);

    const link = await connectOpenssh(hostOf("gpu", sshd, { controlPath }), world.session, never);
    assert.deepEqual(forwardsOf(master), []);
    await link.close();
    assert.deepEqual(foldersOf(world), []);
  });

  it("leaves folders alone that are not its own", async () => {
    const folder = `${world.session.environment.stateFolder}/lgs-foreign`;
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(`${folder}/owner`, "999999999\n");
    const link = await connectOpenssh(
      hostOf("gpu", sshd, { userKnownHostsFiles: [world.knownHosts] }),
      world.session,
      never,
    );
    await link.close();
    assert.ok(existsSync(folder));
  });
});

/** The unix sockets in the folders of ours that a process listens on, by the kernel's word. */
function forwardsOf(master: ChildProcess | undefined): readonly string[] {
  const rows = execFileSync("ss", ["-lxnpH"], { encoding: "utf8" }).split("\n");
  return rows.filter((row) => row.includes(`pid=${master?.pid},`) && row.includes("lgs-"));
}

/** Settles when a process that is not our child has ended. The kernel tells that to parents only, so we look. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await setTimeout(5);
}

function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat[stat.lastIndexOf(")") + 2] !== "Z";
  } catch {
    return false;
  }
}
