import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { render } from "../../../src/core/message.ts";
import type { Environment } from "../../../src/tunnel/environment.ts";
import { listHosts } from "../../../src/tunnel/host/list.ts";
import { resolveHost } from "../../../src/tunnel/host/resolve.ts";
import { scratch } from "../scratch.ts";

describe("listing the hosts of the ssh config", () => {
  const folder = scratch();
  mkdirSync(folder.file(".ssh"));
  const config = folder.file(".ssh/config");
  const environment: Environment = {
    home: folder.path,
    user: "ada",
    env: {},
    platform: process.platform,
    stateFolder: folder.file("state"),
    bundleFolder: folder.path,
  };

  after(folder.remove);

  function listed(text: string | Uint8Array) {
    writeFileSync(config, text);
    return listHosts(environment);
  }

  it("names single hosts with where they are written, and no patterns", async () => {
    const { hosts, problems } = await listed(
      "Host gpu gpu2 *.corp !gpu3\n HostName gpu.corp\n User ml\n User later\nMatch all\n User eve\nHost box\n",
    );
    assert.deepEqual(hosts, [
      { name: "gpu", file: config, line: 1, hostname: "gpu.corp", user: "ml" },
      { name: "gpu2", file: config, line: 1, hostname: "gpu.corp", user: "ml" },
      { name: "box", file: config, line: 7 },
    ]);
    assert.deepEqual(problems, []);
  });

  it("follows Include with wildcards, relative to ~/.ssh", async () => {
    mkdirSync(folder.file(".ssh/conf.d"), { recursive: true });
    writeFileSync(folder.file(".ssh/conf.d/10-a.conf"), "Host a\n");
    writeFileSync(folder.file(".ssh/conf.d/20-b.conf"), "Host b\n");
    writeFileSync(folder.file(".ssh/conf.d/.hidden.conf"), "Host hidden\n");
    const { hosts } = await listed("Include conf.d/*.conf ~/.ssh/nothing\nHost last\n");
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ["a", "b", "last"],
    );
  });

  it("survives files that include each other, and says so once for each", async () => {
    symlinkSync("config", folder.file(".ssh/again"));
    const { hosts, problems } = await listed("Host a\nInclude config\nInclude again\n");
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ["a"],
    );
    assert.ok(problems.length > 0);
    assert.ok(problems.every(({ said }) => /would not end/.test(render(said))));
  });

  it("names a malformed line with file and line, and reads on", async () => {
    const { hosts, problems } = await listed('Host a\n User "x\nHost b\n');
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ["a", "b"],
    );
    assert.deepEqual(
      problems.map(({ file, line }) => [file, line]),
      [[config, 2]],
    );
  });

  it("has no hosts where there is no config, and refuses one that was named and is not there", async () => {
    const empty = await listHosts({ ...environment, home: folder.file("nobody") });
    assert.deepEqual(empty, { hosts: [], problems: [] });
    await assert.rejects(listHosts({ ...environment, configFile: folder.file("gone") }), { code: "config-unreadable" });
    await assert.rejects(listHosts({ ...environment, configFile: folder.path }), { code: "config-unreadable" });
  });

  it("answers to any bytes", async () => {
    const words = fc.constantFrom(
      "Host",
      "Include",
      "Match",
      "User",
      "config",
      "*",
      "!",
      '"',
      "\\",
      "=",
      " ",
      "\n",
      "\0",
      "~",
    );
    const texts = fc
      .array(fc.oneof(words, fc.string({ unit: "binary" })), { maxLength: 60 })
      .map((all) => all.join(""));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      texts.map((text) => Buffer.from(text)),
    );
    const never = new AbortController().signal;
    const property = fc.asyncProperty(bytes, async (text) => {
      await listed(text);
      await resolveHost("box", environment, () => undefined, never);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
