import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { hostWith } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { hasSshd, type Sshd, startSshd } from "../sshd.ts";
import { startAgent } from "./agent.ts";
import { login } from "./login.ts";

const missing = [
  process.getuid?.() === 0 ? "" : "root",
  hasSshd() ? "" : "sshd",
  ...["/usr/sbin/useradd", "/usr/sbin/chpasswd", "/etc/pam.d/sshd"].map((file) => (existsSync(file) ? "" : file)),
].filter((what) => what !== "");

describe("logging in to a real sshd with PAM", () => {
  if (missing.length > 0) {
    console.log(`SKIPPED: ${missing.join(", ")} is missing`);
    it("has what it needs", () => assert.notEqual(process.env["LAUNCH_GUARD_REQUIRE_ALL"], "1"));
    return;
  }

  const user = `lgtest${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  let folder: Scratch;
  let sshd: Sshd | undefined;

  before(() => {
    folder = scratch();
    // The server reads the authorized keys as the user.
    chmodSync(folder.path, 0o711);
    execFileSync("useradd", ["-M", "-d", "/nonexistent", "-s", "/bin/sh", user]);
    execFileSync("chpasswd", { input: `${user}:${password}\n` });
  });
  afterEach(async () => {
    await sshd?.stop();
    sshd = undefined;
  });
  after(() => {
    execFileSync("userdel", [user], { stdio: "pipe" });
    folder.remove();
  });

  async function serve(...config: string[]): Promise<Sshd> {
    sshd = await startSshd(folder, { config: ["UsePAM yes", ...config] });
    return sshd;
  }

  it("uses the password, and asks again when it is wrong", async function () {
    // PAM lets a wrong one wait for about two seconds.
    this.timeout(20_000);
    const { port } = await serve("PasswordAuthentication yes");
    const host = hostWith({ port, user });
    const right = await login(host, { secret: ({ attempt }) => (attempt === 1 ? "wrong" : password) });
    assert.deepEqual([right.failure, right.secrets.length], [undefined, 2]);
    assert.ok(!right.log.join().includes(password));
  });

  it("answers what PAM asks", async () => {
    const { port } = await serve("KbdInteractiveAuthentication yes");
    const { failure, questions } = await login(hostWith({ port, user }), { interactive: () => [password] });
    assert.equal(failure, undefined);
    assert.deepEqual(questions[0]?.fields, [{ prompt: "Password: ", echo: false }]);
  });

  it("goes through a key of the agent and then PAM", async () => {
    const { port, userKey } = await serve(
      "KbdInteractiveAuthentication yes",
      "AuthenticationMethods publickey,keyboard-interactive",
      "MaxAuthTries 2",
    );
    chmodSync(userKey.publicFile, 0o644);
    const agent = await startAgent(folder, [userKey]);
    const host = hostWith({ port, user, agent: agent.socket });
    const { failure } = await login(host, { interactive: () => [password] });
    await agent.stop();
    assert.equal(failure, undefined);
  });
});
