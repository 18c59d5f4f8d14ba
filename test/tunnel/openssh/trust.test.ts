import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Host } from "../../../src/tunnel/host/host.ts";
import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import { trustedKeys } from "../../../src/tunnel/trust.ts";
import { hostOf } from "../host-with.ts";
import { makeKey, type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { blockOf, foldersOf, hasCode, makeWorld, processesOf, type World } from "./world.ts";

const never = new AbortController().signal;

describe("host keys, with the system's ssh", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;
  let locked: Sshd;

  before(async () => {
    files = scratch();
    sshd = await startSshd(files);
    const userKey = makeKey(files.file("locked-key"), { passphrase: "open sesame" });
    locked = await startSshd(files, { name: "locked", userKey });
  });

  after(async () => {
    await Promise.all([sshd.stop(), locked.stop()]);
    files.remove();
  });

  /** A world in which a host is known by no key yet. */
  function strange(far: Sshd, more: Partial<Host> = {}): { world: World; host: Host } {
    const world = makeWorld(files, blockOf("gpu", far, ["StrictHostKeyChecking no"]));
    return { world, host: hostOf("gpu", far, { userKnownHostsFiles: [world.knownHosts], ...more }) };
  }

  async function connectAndClose(host: Host, world: World): Promise<string | undefined> {
    const link = await connectOpenssh(host, world.session, never);
    await link.close();
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
    return link.peer.fingerprint;
  }

  it("asks about a key that is unknown, and writes nothing where it is trusted once", async () => {
    const { world, host } = strange(sshd);
    world.answers.key = "once";
    assert.equal(await connectAndClose(host, world), sshd.fingerprint);
    assert.deepEqual(world.asked.keys, [
      {
        hop: { name: "gpu", hostname: "127.0.0.1", port: sshd.port, user: sshd.user },
        identity: `[127.0.0.1]:${sshd.port}`,
        keyType: "ssh-ed25519",
        fingerprint: sshd.fingerprint,
      },
    ]);
    assert.ok(!existsSync(world.knownHosts));
  });

  it("connects to nobody where known_hosts cannot be read, as a revoked key may be in it", async () => {
    const { world, host } = strange(sshd);
    mkdirSync(world.knownHosts);
    await assert.rejects(connectOpenssh(host, world.session, never), hasCode("config-unreadable"));
    assert.deepEqual([world.asked.keys, foldersOf(world)], [[], []]);
  });

  it("does not ask again about a key that was trusted once", async () => {
    const { world, host } = strange(sshd);
    world.answers.key = "once";
    await connectAndClose(host, world);
    await connectAndClose(host, world);
    assert.equal(world.asked.keys.length, 1);
  });

  it("writes down a key that is to be remembered, and then knows it", async () => {
    const { world, host } = strange(sshd);
    writeFileSync(world.knownHosts, "# mine");
    world.answers.key = "remember";
    await connectAndClose(host, world);
    assert.equal(readFileSync(world.knownHosts, "utf8"), `# mine\n${sshd.knownHostsLine()}`);
    await connectAndClose(host, { ...world, session: { ...world.session, trusted: trustedKeys() } });
    assert.equal(world.asked.keys.length, 1);
  });

  it("remembers a key even where the login fails afterwards", async () => {
    const { world, host } = strange(sshd);
    const other = makeKey(files.file("other-key"));
    const wrong = makeWorld(files, blockOf("gpu", { ...sshd, userKey: other }));
    wrong.answers.key = "remember";
    await assert.rejects(connectOpenssh(host, wrong.session, never), hasCode("auth-refused"));
    assert.equal(readFileSync(world.knownHosts, "utf8"), sshd.knownHostsLine());
  });

  for (const answer of ["refuse", undefined] as const) {
    it(`connects no further where the answer is ${answer}`, async () => {
      const { world, host } = strange(locked);
      world.answers.key = answer;
      await assert.rejects(connectOpenssh(host, world.session, never), hasCode("host-key-unknown"));
      assert.deepEqual(world.asked.secrets, []);
      assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
      assert.ok(!existsSync(world.knownHosts));
    });
  }

  it("refuses a changed key before it asks for anything", async () => {
    const { world, host } = strange(locked);
    const line = sshd.knownHostsLine(`[127.0.0.1]:${locked.port}`);
    writeFileSync(world.knownHosts, `# first\n${line}`);
    await assert.rejects(connectOpenssh(host, world.session, never), (error) => {
      assert.ok(hasCode("host-key-changed")(error));
      const { values } = (error as { said: { values: Record<string, string> } }).said;
      assert.equal(values["fingerprint"], locked.fingerprint);
      assert.equal(values["known"], sshd.fingerprint);
      assert.equal(values["file"], world.knownHosts);
      assert.equal(values["line"], "2");
      assert.match(values["command"] ?? "", /^ssh-keygen .*-R/);
      return true;
    });
    assert.deepEqual([world.asked.keys, world.asked.secrets], [[], []]);
  });

  it("refuses a revoked key", async () => {
    const { world, host } = strange(locked);
    writeFileSync(world.knownHosts, `@revoked ${locked.knownHostsLine("*")}`);
    await assert.rejects(connectOpenssh(host, world.session, never), hasCode("host-key-revoked"));
    assert.deepEqual([world.asked.keys, world.asked.secrets], [[], []]);
  });

  it("asks about each hop under its own name, whatever the config says of a jump host", async () => {
    const jump = hostOf("jump", sshd, { strictHostKeyChecking: "no" });
    const world = makeWorld(
      files,
      [...blockOf("jump", sshd, ["StrictHostKeyChecking no"]), ...blockOf("deep", locked, ["ProxyJump jump"])],
      [{ ...jump, userKnownHostsFiles: [files.file("jump-known")] }],
    );
    world.answers.key = "remember";
    world.answers.secrets = ["open sesame"];
    const host = hostOf("deep", locked, { jumps: ["jump"], userKnownHostsFiles: [world.knownHosts] });
    const link = await connectOpenssh(host, world.session, never);
    await link.close();
    assert.deepEqual(
      world.asked.keys.map(({ hop, fingerprint }) => [hop.name, fingerprint]),
      [
        ["jump", sshd.fingerprint],
        ["deep", locked.fingerprint],
      ],
    );
    assert.match(world.notices.join("\n"), /StrictHostKeyChecking no for jump/);
    assert.deepEqual(link.peer.hops, ["jump", "deep"]);
    assert.equal(link.peer.fingerprint, locked.fingerprint);
    assert.equal(readFileSync(files.file("jump-known"), "utf8"), sshd.knownHostsLine());
    assert.equal(readFileSync(world.knownHosts, "utf8"), locked.knownHostsLine());
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
  });

  it("asks for a passphrase again where it was wrong", async () => {
    const { world, host } = strange(locked);
    writeFileSync(world.knownHosts, locked.knownHostsLine());
    world.answers.secrets = ["wrong", "open sesame"];
    await connectAndClose(host, world);
    assert.deepEqual(
      world.asked.secrets.map((question) => [question.kind, question.attempt, question.hop.name]),
      [
        ["passphrase", 1, "gpu"],
        ["passphrase", 2, "gpu"],
      ],
    );
    assert.ok(!world.log.join("\n").includes("sesame"));
  });

  it("says so where the passphrase stays wrong, or is not given", async () => {
    const { world, host } = strange(locked);
    writeFileSync(world.knownHosts, locked.knownHostsLine());
    world.answers.secrets = ["wrong", "wrong", "wrong"];
    await assert.rejects(connectOpenssh(host, world.session, never), hasCode("passphrase-wrong"));
    await assert.rejects(connectOpenssh(host, world.session, never), hasCode("cancelled"));
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
  });

  it("can be cancelled while a question is open", async () => {
    const { world, host } = strange(sshd);
    const stop = new AbortController();
    const questions = new EventEmitter();
    const asked = once(questions, "asked");
    const hostKey: World["session"]["prompts"]["hostKey"] = (_, signal) => {
      questions.emit("asked", signal);
      return new Promise(() => {});
    };
    const session = { ...world.session, prompts: { ...world.session.prompts, hostKey } };
    const connecting = connectOpenssh(host, session, stop.signal);
    const [signal] = await asked;
    stop.abort();
    await assert.rejects(connecting, hasCode("cancelled"));
    assert.ok(signal.aborted);
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
  });
});
