import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { render } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import { fingerprintOf } from "../../../src/tunnel/known-hosts/key-blob.ts";
import type { HostKeyAnswer, HostKeyQuestion, Prompts } from "../../../src/tunnel/prompts.ts";
import { decideHostKey, trustedKeys } from "../../../src/tunnel/trust.ts";
import { hostWith } from "../host-with.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { ed25519 } from "./generated.ts";

const [mine, another] = [ed25519(1), ed25519(2)];
const rsa = Buffer.from("AAAAB3NzaC1yc2EAAAADAQABAAAAAQU=", "base64");
const line = (names: string, key: Buffer) =>
  `${names} ${key === rsa ? "ssh-rsa" : "ssh-ed25519"} ${key.toString("base64")}\n`;

describe("trust in a host key", () => {
  let folder: Scratch;
  let host: Host;
  before(() => {
    folder = scratch();
    host = hostWith({
      hostname: "gpu.example.org",
      port: 2222,
      userKnownHostsFiles: [folder.file("a folder/known_hosts")],
    });
  });
  afterEach(() => rmSync(folder.file("a folder"), { recursive: true, force: true }));
  after(() => folder.remove());

  /** Decides with someone who gives this answer; says what they were asked and told. */
  async function decide(host: Host, key: Buffer, answer?: HostKeyAnswer, trusted = trustedKeys(), times = 1) {
    const asked: HostKeyQuestion[] = [];
    const told: string[] = [];
    const prompts: Prompts = {
      hostKey: async (question) => {
        asked.push(question);
        return answer;
      },
      secret: () => Promise.reject(new Error("no secret is asked for")),
      interactive: () => Promise.reject(new Error("no secret is asked for")),
      notice: (text) => told.push(render(text)),
    };
    const session = { prompts, trusted, log: () => {} };
    let error: unknown;
    for (let time = 0; time < times; time++) {
      error = await decideHostKey(host, key, session, new AbortController().signal).then(
        () => undefined,
        (reason: unknown) => reason,
      );
    }
    assert.ok(error === undefined || error instanceof TunnelError, String(error));
    return { asked, told, error };
  }

  async function remembered(host: Host, key: Buffer): Promise<void> {
    assert.equal((await decide(host, key, "remember")).error, undefined);
  }

  it("asks about an unknown key, writes it down, and does not ask again", async () => {
    const { asked, error } = await decide(host, mine, "remember");
    assert.equal(error, undefined);
    const hop = { name: "gpu", hostname: "gpu.example.org", port: 2222, user: "me" };
    const identity = "[gpu.example.org]:2222";
    const file = host.userKnownHostsFiles[0] ?? "";
    assert.deepEqual(asked, [{ hop, identity, file, keyType: "ssh-ed25519", fingerprint: fingerprintOf(mine) }]);
    assert.equal(readFileSync(file, "utf8"), line("[gpu.example.org]:2222", mine));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(folder.file("a folder")).mode & 0o777, 0o700);
    assert.deepEqual((await decide(host, mine)).asked, []);
  });

  it("trusts a key once: until the run ends, and nothing is written", async () => {
    const trusted = trustedKeys();
    assert.equal((await decide(host, mine, "once", trusted)).error, undefined);
    assert.deepEqual((await decide(host, mine, undefined, trusted)).asked, []);
    assert.equal((await decide(host, another, undefined, trusted)).asked.length, 1);
    assert.equal((await decide(host, mine)).asked.length, 1);
    assert.equal(existsSync(host.userKnownHostsFiles[0] ?? ""), false);
  });

  it("accepts a key that was approved beforehand, for whichever host", async () => {
    const { asked, error } = await decide(host, mine, undefined, trustedKeys([fingerprintOf(mine)]));
    assert.deepEqual([asked, error], [[], undefined]);
  });

  for (const answer of ["refuse", undefined] as const) {
    it(`does not connect when the answer is ${answer}`, async () => {
      assert.equal((await decide(host, mine, answer)).error?.code, "host-key-unknown");
    });
  }

  it("refuses a changed key without a question, and says how to remove the old one", async () => {
    await remembered(host, another);
    const trusted = trustedKeys([fingerprintOf(mine)]);
    const { asked, error } = await decide(host, mine, "remember", trusted);
    assert.deepEqual([asked, error?.code], [[], "host-key-changed"]);
    const { fingerprint, known, file, line, command } = error?.said.values ?? {};
    assert.deepEqual([fingerprint, known], [fingerprintOf(mine), fingerprintOf(another)]);
    assert.deepEqual([file, line], [host.userKnownHostsFiles[0], 1]);
    assert.ok(render(error?.advice ?? { template: "", values: {} }).endsWith(String(command)));

    execFileSync("sh", ["-c", String(command)], { stdio: "pipe" });
    assert.equal((await decide(host, mine)).asked.length, 1);
  });

  it("refuses a revoked key, and one of a host that only an authority vouches for", async () => {
    await remembered(host, mine);
    const file = host.userKnownHostsFiles[0] ?? "";
    writeFileSync(file, line("@revoked *", mine) + line("@cert-authority *", another));
    assert.equal((await decide(host, mine, "once")).error?.code, "host-key-revoked");
    const { error } = await decide(host, ed25519(3), "once");
    assert.deepEqual([error?.code, error?.said.values["line"]], ["host-key-authority-only", 2]);
  });

  it("refuses a key of another type than the known one in the same way, as OpenSSH does", async () => {
    await remembered(host, mine);
    const { asked, error } = await decide(host, rsa, "remember", trustedKeys([fingerprintOf(rsa)]));
    assert.deepEqual([asked, error?.code], [[], "host-key-changed"]);
    const file = host.userKnownHostsFiles[0] ?? "";
    const said = `gpu shows the key ${fingerprintOf(rsa)}, but only keys of other types are known for it: `;
    assert.equal(error?.message, `${said}ssh-ed25519, ${fingerprintOf(mine)} (${file}, line 1).`);
    execFileSync("sh", ["-c", String(error?.said.values["command"])], { stdio: "pipe" });
    assert.equal((await decide(host, rsa)).asked.length, 1);
  });

  it("asks nothing where StrictHostKeyChecking is yes", async () => {
    const { asked, error } = await decide({ ...host, strictHostKeyChecking: "yes" }, mine, "remember");
    assert.deepEqual([asked, error?.code], [[], "host-key-unknown"]);
  });

  for (const strictHostKeyChecking of ["no", "accept-new"] as const) {
    it(`checks as ever where StrictHostKeyChecking is ${strictHostKeyChecking}, and says so once`, async () => {
      const { asked, told } = await decide({ ...host, strictHostKeyChecking }, mine, undefined, trustedKeys(), 2);
      assert.deepEqual([asked.length, told.length], [2, 1]);
      assert.ok(told[0]?.includes(strictHostKeyChecking));
    });
  }

  it("trusts for now, and says so, where the key cannot be written down", async () => {
    for (const files of [[], ["/dev/null"], ["/proc/known_hosts"]]) {
      const trusted = trustedKeys();
      const { error, told } = await decide({ ...host, userKnownHostsFiles: files }, mine, "remember", trusted);
      assert.deepEqual([error, told.length], [undefined, 1]);
      assert.deepEqual(trusted.of("[gpu.example.org]:2222"), [fingerprintOf(mine)]);
    }
  });

  it("ends with the question when it is cancelled", async () => {
    const over = new AbortController();
    const prompts = { hostKey: async () => over.abort() } as unknown as Prompts; // The only one that is called.
    const session = { prompts, trusted: trustedKeys(), log: () => {} };
    await assert.rejects(
      decideHostKey(host, mine, session, over.signal),
      (error) => error instanceof TunnelError && error.code === "cancelled",
    );
  });
});
