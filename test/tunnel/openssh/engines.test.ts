import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { render } from "../../../src/core/message.ts";
import { connect } from "../../../src/tunnel/engines.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import type { EngineName, Link } from "../../../src/tunnel/link.ts";
import { hostOf } from "../host-with.ts";
import { makeKey, type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { blockOf, hasCode, makeWorld, type World } from "./world.ts";

const never = new AbortController().signal;

describe("the engine that a host gets", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let sshd: Sshd;
  let world: World;
  const links: Link[] = [];

  before(async () => {
    files = scratch();
    sshd = await startSshd(files);
    world = makeWorld(files, blockOf("gpu", sshd));
    writeFileSync(world.knownHosts, sshd.knownHostsLine());
  });

  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.close()));
  });

  after(async () => {
    await sshd.stop();
    files.remove();
  });

  const known = (more: Partial<Host> = {}) => hostOf("gpu", sshd, { userKnownHostsFiles: [world.knownHosts], ...more });

  async function connected(host: Host, { session } = world, wanted?: EngineName): Promise<Link> {
    const link = await connect(host, session, never, wanted);
    links.push(link);
    return link;
  }

  it("is the built-in one where nothing speaks against it", async () => {
    const { peer } = await connected(known());
    assert.deepEqual([peer.engine, peer.because], ["ssh2", undefined]);
  });

  it("is the system's ssh where the config needs it", async () => {
    const { peer } = await connected(known({ onlySystemSsh: ["PKCS11Provider"] }));
    assert.equal(peer.engine, "openssh");
    assert.match(peer.because ? render(peer.because) : "", /PKCS11Provider/);
  });

  it("is the one that was asked for", async () => {
    assert.equal((await connected(known(), world, "openssh")).peer.engine, "openssh");
    assert.equal(
      (await connected(known({ onlySystemSsh: ["GSSAPIAuthentication"] }), world, "ssh2")).peer.engine,
      "ssh2",
    );
  });

  it("is the system's ssh where a connection is already open", async () => {
    const controlPath = files.file("live");
    const { configFile = "" } = world.session.environment;
    const options = ["-o", `UserKnownHostsFile=${world.knownHosts}`, "-o", "LogLevel=DEBUG1", "-M", "-S", controlPath];
    const master = spawn("/usr/bin/ssh", ["-F", configFile, ...options, "-N", "gpu"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    for await (const chunk of master.stderr) if (`${chunk}`.includes("Entering interactive session")) break;
    const { peer } = await connected(known({ controlPath }));
    assert.equal(peer.engine, "openssh");
    assert.match(peer.because ? render(peer.because) : "", /already open/);
    master.kill();
    await once(master, "exit");
  });

  it("is the system's ssh where the server wants a certificate", async () => {
    const [authority, userKey] = [makeKey(files.file("authority")), makeKey(files.file("certified"))];
    execFileSync("ssh-keygen", ["-q", "-s", authority.file, "-I", "me", "-n", sshd.user, userKey.publicFile]);
    const config = [`TrustedUserCAKeys ${authority.publicFile}`, "AuthorizedKeysFile none"];
    const strict = await startSshd(files, { name: "strict", config, userKey });
    const other = makeWorld(files, blockOf("strict", strict));
    writeFileSync(other.knownHosts, strict.knownHostsLine());
    const { peer } = await connected(hostOf("strict", strict, { userKnownHostsFiles: [other.knownHosts] }), other);
    assert.equal(peer.engine, "openssh");
    assert.match(peer.because ? render(peer.because) : "", /cert/);
    assert.deepEqual(other.asked, { keys: [], secrets: [], fields: [] });
    await links.pop()?.close();
    await strict.stop();
  });

  it("is the system's ssh where the server offers no algorithm that the built-in one has", async () => {
    const config = ["KexAlgorithms sntrup761x25519-sha512@openssh.com"];
    const modern = await startSshd(files, { name: "modern", config });
    const other = makeWorld(files, blockOf("modern", modern));
    writeFileSync(other.knownHosts, modern.knownHostsLine());
    const host = hostOf("modern", modern, { userKnownHostsFiles: [other.knownHosts] });
    const { peer } = await connected(host, other);
    assert.equal(peer.engine, "openssh");
    assert.match(peer.because ? render(peer.because) : "", /no algorithm/);
    await assert.rejects(connected(host, other, "ssh2"), hasCode("no-common-algorithm"));
    await links.pop()?.close();
    await modern.stop();
  });

  it("is the built-in one where there is no ssh, unless it would not do", async () => {
    const environment = { ...world.session.environment, ssh: "/nowhere/ssh" };
    const bare = { ...world, session: { ...world.session, environment } };
    assert.equal((await connected(known({ controlPath: files.file("none") }), bare)).peer.engine, "ssh2");
    await assert.rejects(connected(known({ onlySystemSsh: ["PKCS11Provider"] }), bare), hasCode("ssh-missing"));
  });
});
