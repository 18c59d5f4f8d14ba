import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { type KeyPair, makeKey, scratch } from "../../tunnel/scratch.ts";
import { freePort, hasSshd, type Sshd, startSshd, treeOf } from "../../tunnel/sshd.ts";
import { type Running, runAlone, runOnTerminal } from "./process.ts";

const ready = hasSshd();
if (!ready) {
  console.error("SKIPPED: the command line's tunnels: sshd is missing");
  if (process.env["LAUNCH_GUARD_REQUIRE_ALL"]) throw new Error("sshd is missing");
}

(ready ? describe : describe.skip)("launch-guard tunnel, with a real sshd", function () {
  this.timeout(30_000);

  const folder = scratch();
  const config = folder.file("config");
  const known = folder.file("known_hosts");
  const env = { PATH: process.env["PATH"], XDG_STATE_HOME: folder.path, TERM: "xterm" };
  const service = createServer((_, response) => response.end("from afar"));
  const passphrase = "open sesame";
  let sshd: Sshd;
  let key: KeyPair;
  let port = 0;
  let local = 0;

  before(async () => {
    key = makeKey(folder.file("locked"), { passphrase });
    sshd = await startSshd(folder, { userKey: key });
    service.listen(0, "127.0.0.1");
    await once(service, "listening");
    const address = service.address();
    port = typeof address === "object" && address ? address.port : 0;
  });

  beforeEach(async () => {
    rmSync(known, { force: true });
    local = await freePort();
    writeFileSync(config, configText());
  });

  after(async () => {
    service.close();
    service.closeAllConnections();
    await sshd?.stop();
    folder.remove();
  });

  const configText = () => `Host box
  HostName 127.0.0.1
  Port ${sshd.port}
  User ${sshd.user}
  IdentityFile ${key.file}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${known}
  GlobalKnownHostsFile none
`;

  const options = () => ["--ssh-config", config, "--to", String(port), "--local", String(local)];
  const onTerminal = (...more: string[]) => runOnTerminal(["tunnel", "box", ...options(), ...more], env);
  const alone = (...more: string[]) => runAlone(["tunnel", "box", ...options(), ...more], env);
  const fetched = async () => (await fetch(`http://127.0.0.1:${local}/`)).text();

  /** That a process is over, with all that it has started. */
  async function leavesNothing(running: Running, tree: readonly number[]): Promise<void> {
    await running.ended();
    // What was killed has to be reaped by its parent, of which nobody tells us.
    while (tree.some((pid) => existsSync(`/proc/${pid}`))) await setTimeout(10);
    await assert.rejects(fetched());
  }

  async function answerAll(running: Running, hostKey: string): Promise<void> {
    const [shown] = await running.until(/SHA256:\S+/);
    assert.equal(shown, sshd.fingerprint);
    await running.until(/fingerprint: $/);
    running.type(`${hostKey}\r`);
    await running.until(/Passphrase for \S+: $/);
    running.type(`${passphrase}\r`);
    await running.until(/Up\./);
  }

  it("asks for the host key and the passphrase, and carries bytes until Ctrl-C", async () => {
    const running = onTerminal();
    await answerAll(running, "yes");
    assert.equal(await fetched(), "from afar");
    const tree = treeOf(running.child.pid ?? 0);
    running.type("\u0003");
    await running.until(/The tunnel is closed\.[\s\S]*\necho/);
    assert.equal(await running.ended(), 0);
    await leavesNothing(running, tree);
    assert.ok(!running.out().includes(passphrase), "the passphrase is never shown");
    assert.match(readFileSync(known, "utf8"), /^\[127\.0\.0\.1\]:\d+ ssh-ed25519 /m);
  });

  it("takes the fingerprint for an answer, and writes nothing where the key is trusted once", async () => {
    for (const answer of [sshd.fingerprint, "once"]) {
      rmSync(known, { force: true });
      const running = onTerminal();
      await answerAll(running, answer);
      running.type("\u0003");
      assert.equal(await running.ended(), 0);
      assert.equal(existsSync(known), answer !== "once");
    }
  });

  it("ends with 2 where the key is refused", async () => {
    const running = onTerminal();
    await running.until(/fingerprint: $/);
    running.type("no\r");
    assert.equal(await running.ended(), 2);
    assert.match(running.out(), /was not trusted/);
  });

  it("gives up on Ctrl-C at a hidden question, and the terminal shows again what is typed", async () => {
    writeFileSync(known, sshd.knownHostsLine());
    const running = onTerminal();
    await running.until(/Passphrase for \S+: $/);
    const tree = treeOf(running.child.pid ?? 0);
    running.type("half a secr\u0003");
    await running.until(/\necho/);
    assert.equal(await running.ended(), 130);
    await leavesNothing(running, tree);
    assert.ok(!running.out().includes("secr"));
  });

  it("never waits without a terminal: it says what is missing and ends with 2", async () => {
    const unknown = alone();
    assert.equal(await unknown.ended(), 2);
    assert.match(unknown.err(), new RegExp(`key of box is not known: ssh-ed25519 ${escaped(sshd.fingerprint)}`));

    const locked = alone("--accept-key", sshd.fingerprint);
    assert.equal(await locked.ended(), 2);
    assert.match(locked.err(), /passphrase/);
  });

  describe("with a key that needs no passphrase", () => {
    let open: KeyPair;
    let second: Sshd;

    before(async () => {
      open = makeKey(folder.file("open"));
      second = await startSshd(folder, { userKey: open, name: "second" });
    });
    after(() => second?.stop());

    beforeEach(() => {
      writeFileSync(known, second.knownHostsLine());
      const text = configText().replace(key.file, open.file).replace(`Port ${sshd.port}`, `Port ${second.port}`);
      writeFileSync(config, text);
    });

    it("prints its states as JSON, and ends with 143 on SIGTERM", async () => {
      const running = alone("--json");
      await running.until(/"state":"up"/);
      assert.equal(await fetched(), "from afar");
      const tree = treeOf(running.child.pid ?? 0);
      running.child.kill("SIGTERM");
      assert.equal(await running.ended(), 143);
      await leavesNothing(running, tree);
      for (const line of running.out().trim().split("\n")) assert.equal(JSON.parse(line).event, "status");
    });

    it("uses the rest of a config with a malformed line, and names the line", async () => {
      writeFileSync(config, `Nonsense yes\n${readFileSync(config, "utf8")}`);
      const running = alone();
      await running.until(/Up\./);
      running.child.kill("SIGINT");
      assert.equal(await running.ended(), 0);
      assert.match(running.err(), new RegExp(`${escaped(config)}, line 1 .*nonsense`, "i"));
    });

    it("uses the system's ssh where that is wanted", async () => {
      const running = alone("--engine", "openssh");
      await running.until(/Up\./);
      assert.equal(await fetched(), "from afar");
      const tree = treeOf(running.child.pid ?? 0);
      running.child.kill("SIGINT");
      assert.equal(await running.ended(), 0);
      await leavesNothing(running, tree);
    });

    it("does not connect where known_hosts cannot be read", async () => {
      writeFileSync(config, readFileSync(config, "utf8").replace(known, folder.path));
      const running = alone();
      assert.equal(await running.ended(), 2);
      assert.match(running.err(), new RegExp(escaped(folder.path)));
    });

    it("says in one sentence that a host, a port or a config is not there", async () => {
      const closed = await freePort();
      writeFileSync(folder.file("closed"), `Host box\n HostName 127.0.0.1\n Port ${closed}\n`);
      for (const [argv, sentence] of [
        [["tunnel", "no-such-host.invalid", "--to", "1"], /no-such-host\.invalid/],
        [["tunnel", "box", "--to", "1", "--ssh-config", folder.file("closed")], /box|127\.0\.0\.1/],
        [["tunnel", "box", "--to", "1", "--ssh-config", folder.file("gone")], /gone/],
        [["tunnel", "-oProxyCommand=x", "--to", "1"], /no option -o/],
        [["tunnel", "a;b", "--to", "1"], /a;b/],
      ] as const) {
        const running = runAlone(argv, env);
        assert.equal(await running.ended(), 2, running.err());
        assert.match(running.err(), sentence);
        assert.equal(running.err().trim().split("\n").length, 2, running.err());
      }
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
