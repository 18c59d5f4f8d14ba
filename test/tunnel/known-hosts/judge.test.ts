import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { TunnelError } from "../../../src/tunnel/error.ts";
import { appendKnownHost } from "../../../src/tunnel/known-hosts/append.ts";
import { judge, type KnownHost, knownKeyTypes } from "../../../src/tunnel/known-hosts/judge.ts";
import { readLine } from "../../../src/tunnel/known-hosts/line.ts";
import { hashedName, namesMatch } from "../../../src/tunnel/known-hosts/names.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { ed25519, generate, makeKeys, verdictsOfKeygen } from "./generated.ts";

describe("known hosts", () => {
  let folder: Scratch;
  let keys: Buffer[];
  before(() => {
    folder = scratch();
    keys = makeKeys(folder);
  });
  after(() => folder.remove());

  const [mine, another] = [ed25519(1), ed25519(2)];
  const written = (key: Buffer) => `ssh-ed25519 ${key.toString("base64")}`;

  function host(content: string, more: Partial<KnownHost> = {}): KnownHost {
    const file = folder.file("known_hosts");
    writeFileSync(file, content);
    return { hostname: "gpu", port: 22, userKnownHostsFiles: [file], globalKnownHostsFiles: [], ...more };
  }

  it("judges 1,000 generated cases as ssh-keygen does", async function () {
    this.timeout(30_000);
    const cases = generate(folder, keys, 20, 50);
    assert.equal(cases.length, 1000);
    const expected = verdictsOfKeygen(cases);
    const seen = new Set<string>();
    for (const [index, { host, key }] of cases.entries()) {
      const wanted = expected[index];
      assert.deepEqual(await judge(host, key), wanted, JSON.stringify(host));
      seen.add(wanted?.verdict ?? "");
    }
    assert.deepEqual([...seen].toSorted(), ["authority-only", "changed", "match", "other-type", "revoked", "unknown"]);
  });

  it("never throws on a line, and never takes long", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString("latin1"));
    const likely = fc.string({
      unit: fc.constantFrom(..."@|!*?,#[]: \t\r\0=1aG", "ssh-ed25519 ", "@revoked "),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(bytes, likely), fc.oneof(bytes, likely), (line, name) => {
        readLine(line);
        namesMatch(line, name);
      }),
      { numRuns: 3000 },
    );
    assert.equal(namesMatch("*a".repeat(500), "a".repeat(20_000)), true);
    assert.equal(namesMatch(`${"*a".repeat(500)}b`, "a".repeat(20_000)), false);
  });

  it("never rejects on what a file holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        const asked = host("");
        writeFileSync(asked.userKnownHostsFiles[0] ?? "", bytes);
        await judge(asked, Buffer.from(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it("finds a hashed entry on another port than 22", async () => {
    const line = `${hashedName("[gpu]:2222")} ${written(mine)}\n`;
    assert.equal((await judge(host(line, { port: 2222 }), mine)).verdict, "match");
    assert.equal((await judge(host(line, { port: 2222 }), another)).verdict, "changed");
    assert.equal((await judge(host(line), mine)).verdict, "unknown");
  });

  it("takes a key known without its port, but holds no other against it", async () => {
    const line = `gpu ${written(mine)}\n`;
    assert.equal((await judge(host(line, { port: 2222 }), mine)).verdict, "match");
    assert.equal((await judge(host(line, { port: 2222 }), another)).verdict, "unknown");
  });

  it("asks for HostKeyAlias alone, without a port", async () => {
    const line = `lab ${written(mine)}\n`;
    assert.equal((await judge(host(line, { port: 2222, hostKeyAlias: "lab" }), mine)).verdict, "match");
    assert.equal((await judge(host(`gpu ${written(mine)}\n`, { hostKeyAlias: "lab" }), mine)).verdict, "unknown");
  });

  it("lets a revocation win, wherever it stands", async () => {
    const [plain, revoked] = [`gpu ${written(mine)}\n`, `@revoked * ${written(mine)}\n`];
    assert.equal((await judge(host(plain + revoked), mine)).verdict, "revoked");
    assert.equal((await judge(host(revoked + plain), mine)).verdict, "revoked");
    assert.equal((await judge(host(plain + revoked), another)).verdict, "changed");
  });

  it("reads the system's file after the user's, and does without a missing one", async () => {
    const asked = host("", { hostname: "lab" });
    const global = folder.file("global");
    writeFileSync(global, `lab ${written(mine)}\n`);
    const files = { ...asked, globalKnownHostsFiles: [folder.file("missing"), global] };
    const { verdict } = await judge(files, mine);
    assert.equal(verdict, "match");
    assert.deepEqual(await knownKeyTypes(files), ["ssh-ed25519"]);
  });

  it("fails closed, and names the file, where one cannot be read", async () => {
    const asked = { ...host(`gpu ${written(mine)}\n`), globalKnownHostsFiles: [folder.path] };
    await assert.rejects(judge(asked, mine), (error) => {
      assert.ok(error instanceof TunnelError && error.code === "config-unreadable");
      return error.message.includes(folder.path);
    });
  });

  for (const hashKnownHosts of [false, true]) {
    it(`adds ${hashKnownHosts ? "a hashed" : "a"} line that ssh-keygen finds and removes, and touches no other`, async () => {
      const before = `# mine\r\nother ${written(another)} no newline at the end`;
      const asked = { ...host(before, { port: 2222 }), hashKnownHosts };
      const file = asked.userKnownHostsFiles[0] ?? "";
      await appendKnownHost(asked, mine);

      const after = readFileSync(file, "utf8");
      assert.ok(after.startsWith(`${before}\n`));
      assert.equal(after.includes("gpu"), !hashKnownHosts);
      assert.equal((await judge(asked, mine)).verdict, "match");
      const found = execFileSync("ssh-keygen", ["-F", "[gpu]:2222", "-f", file], { encoding: "utf8" });
      assert.ok(found.includes("found: line 3") && found.includes(written(mine)));

      execFileSync("ssh-keygen", ["-R", "[gpu]:2222", "-f", file], { stdio: "pipe" });
      assert.equal((await judge(asked, mine)).verdict, "unknown");
      assert.equal((await judge({ ...asked, hostname: "other", port: 22 }, another)).verdict, "match");
    });
  }

  it("writes no name that reads as a pattern", async () => {
    for (const hostname of ["*", "a,b", "!gpu", "|1|", "a b", "[x]", "@revoked", ""]) {
      await assert.rejects(appendKnownHost({ ...host("", { hostname }), hashKnownHosts: false }, mine));
    }
    assert.equal(readFileSync(folder.file("known_hosts"), "utf8"), "");
  });
});
