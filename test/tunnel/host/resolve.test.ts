import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import fc from "fast-check";
import { render } from "../../../src/core/message.ts";
import { type Environment, environmentOf } from "../../../src/tunnel/environment.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import { resolveHost } from "../../../src/tunnel/host/resolve.ts";
import { makeKey, scratch } from "../scratch.ts";
import { generatedConfigs } from "./configs.ts";

describe("resolving a host", () => {
  const folder = scratch();
  const config = folder.file("config");
  const never = new AbortController().signal;
  const { ssh, ...plain }: Environment = {
    ...environmentOf({ env: { PATH: process.env["PATH"], MY_AGENT: "/run/mine" }, platform: "linux" }, folder.path),
    configFile: config,
  };
  const full: Environment = ssh === undefined ? plain : { ...plain, ssh };

  after(folder.remove);

  function resolved(name: string, text: string, environment = full): Promise<Host> {
    writeFileSync(config, text);
    return resolveHost(name, environment, () => undefined, never);
  }

  const rejects = (name: string, text: string, code: string, environment = full) =>
    assert.rejects(resolved(name, text, environment), { name: "TunnelError", code });

  it("has OpenSSH's client to compare with", () => assert.ok(ssh));

  it("expands ~, tokens and variables in paths and commands", async () => {
    const host = await resolved(
      "box",
      `Host box
         HostName %h.example.org
         User ada
         Port 2200
         IdentityFile ~/.ssh/%r_%n_%p
         IdentityFile \${MY_AGENT}/key
         UserKnownHostsFile "/a b/known" ~/other
         ProxyCommand nc %h %p %% %r`,
    );
    assert.deepEqual(
      {
        identityFiles: host.identityFiles,
        userKnownHostsFiles: host.userKnownHostsFiles,
        proxyCommand: host.proxyCommand,
        hostname: host.hostname,
      },
      {
        identityFiles: [`${full.home}/.ssh/ada_box_2200`, "/run/mine/key"],
        userKnownHostsFiles: ["/a b/known", `${full.home}/other`],
        proxyCommand: "nc box.example.org 2200 % ada",
        hostname: "box.example.org",
      },
    );
  });

  for (const environment of [full, plain]) {
    const by = environment === full ? "ssh -G" : "the plain reader";

    it(`takes user and port from the name before the config's, by ${by}`, async () => {
      const text = "Host *\n User eve\n Port 1\n";
      for (const [name, expected] of [
        ["ada@box", ["ada", "box", 1]],
        ["ssh://ada@box:2222", ["ada", "box", 2222]],
        ["box:2222", ["eve", "box", 2222]],
        ["[::1]:2222", ["eve", "::1", 2222]],
        ["::1", ["eve", "::1", 1]],
      ] as const) {
        const { user, hostname, port } = await resolved(name, text, environment);
        assert.deepEqual([user, hostname, port], expected, name);
      }
    });

    it(`names a malformed line and uses the rest, by ${by}`, async () => {
      const host = await resolved("box", "Host box\n Port abc\n User ada\n HostName\n IdentityFile /k\n", environment);
      assert.deepEqual([host.user, host.port, host.identityFiles], ["ada", 22, ["/k"]]);
      assert.deepEqual(
        host.problems.map(({ file, line }) => [file, line]),
        [
          [config, 2],
          [config, 4],
        ],
      );
    });

    it(`survives a config that includes itself, by ${by}`, async () => {
      const host = await resolved("box", `Include ${config}\nUser ada\n`, environment);
      assert.equal(host.user, "ada");
      assert.match(host.problems.map(({ said }) => render(said)).join(), /would not end/);
    });

    it(`says that the config is not there, by ${by}`, async () => {
      const gone = { ...environment, configFile: folder.file("gone") };
      await assert.rejects(
        resolveHost("box", gone, () => undefined, never),
        { code: "config-unreadable" },
      );
    });
  }

  it("names an unknown keyword and uses the rest", async () => {
    const host = await resolved("box", "Host box\n Hostnam x\n User ada\n");
    assert.equal(host.user, "ada");
    assert.match(render(host.problems[0]?.said ?? assert.fail()), /Bad configuration option: hostnam/);
  });

  it("has the default keys and files where the config is empty", async () => {
    const [asked, read] = [await resolved("box", ""), await resolved("box", "", plain)];
    const common = asked.identityFiles.filter((file) => !/xmss|dsa$/.test(file) || file.endsWith("ecdsa"));
    assert.deepEqual(read.identityFiles, common);
    assert.deepEqual(read.userKnownHostsFiles, asked.userKnownHostsFiles);
    assert.deepEqual(read.globalKnownHostsFiles, asked.globalKnownHostsFiles);
    assert.deepEqual(
      [read.user, read.methods],
      [userInfo().username, ["publickey", "keyboard-interactive", "password"]],
    );
  });

  it("finds the agent of the environment, and none where the config wants none", async () => {
    const environment = { ...full, env: { ...full.env, SSH_AUTH_SOCK: "/run/agent" } };
    assert.equal((await resolved("box", "", environment)).agent, "/run/agent");
    assert.equal((await resolved("box", "IdentityAgent none\n", environment)).agent, undefined);
    assert.equal((await resolved("box", "")).agent, undefined);
  });

  const systemOnly: [keyword: string, text: string][] = [
    ["CertificateFile", "CertificateFile /c"],
    ["PKCS11Provider", "PKCS11Provider /p.so"],
    ["SecurityKeyProvider", "SecurityKeyProvider /p.so"],
    ["KnownHostsCommand", "KnownHostsCommand /bin/echo"],
    ["VerifyHostKeyDNS", "VerifyHostKeyDNS ask"],
    ["RevokedHostKeys", "RevokedHostKeys /krl"],
  ];
  for (const [keyword, text] of systemOnly) {
    it(`knows that ${keyword} is for the system's ssh`, async () => {
      assert.deepEqual((await resolved("box", `${text}\n`)).onlySystemSsh, [keyword]);
      assert.deepEqual((await resolved("box", `${text}\n`, plain)).onlySystemSsh, [keyword]);
    });
  }

  it("knows certificates and security keys by the files beside the key", async () => {
    const { file } = makeKey(folder.file("id"));
    const text = `IdentityFile ${file}\n`;
    assert.deepEqual((await resolved("box", text)).onlySystemSsh, []);
    writeFileSync(`${file}-cert.pub`, "");
    writeFileSync(`${file}.pub`, "sk-ssh-ed25519@openssh.com AAAA\n");
    assert.deepEqual((await resolved("box", text)).onlySystemSsh, [
      "IdentityFile (security key)",
      "IdentityFile (certificate)",
    ]);
  });

  it("minds Kerberos only where there is a ticket", async () => {
    const bin = folder.file("bin");
    mkdirSync(bin);
    const klist = (code: number) => writeFileSync(`${bin}/klist`, `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
    const environment = { ...full, env: { ...full.env, PATH: `${bin}:/usr/bin:/bin` } };
    klist(1);
    assert.deepEqual((await resolved("box", "GSSAPIAuthentication yes\n", environment)).onlySystemSsh, []);
    klist(0);
    assert.deepEqual((await resolved("box", "GSSAPIAuthentication yes\n", environment)).onlySystemSsh, [
      "GSSAPIAuthentication",
    ]);
  });

  const refused = [
    "",
    "-oProxyCommand=x",
    "a b",
    "a;b",
    "$(x)",
    "ada@-x",
    "-l@x",
    "@x",
    "box:0",
    "box:65536",
    "a/b",
    "\0",
  ];
  for (const name of refused) {
    it(`refuses the name ${JSON.stringify(name)}`, () => rejects(name, "", "bad-request"));
  }

  it("gives up when it is cancelled, with what Match exec has started", async () => {
    const pidFile = folder.file("pid");
    const controller = new AbortController();
    writeFileSync(config, `Match exec "echo $$ > ${pidFile}; kill -USR1 ${process.pid}; exec sleep 60"\n`);
    process.once("SIGUSR1", () => controller.abort());
    await assert.rejects(
      resolveHost("box", full, () => undefined, controller.signal),
      { code: "cancelled" },
    );
    const pid = readFileSync(pidFile, "utf8").trim();
    const state = existsSync(`/proc/${pid}/stat`)
      ? readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0]
      : "gone";
    assert.match(state ?? "", /^(?:gone|Z)$/);
  });

  it("reads generated configs without ssh as ssh -G does", async () => {
    const property = fc.asyncProperty(
      generatedConfigs,
      fc.constantFrom("alpha", "beta"),
      async ({ main, part }, name) => {
        writeFileSync(folder.file("part-1.conf"), `${part.join("\n")}\n`);
        // Relative names are looked for in ~/.ssh, which is not ours to write to.
        const text = `${main.join("\n").replaceAll("part-*", `${folder.path}/part-*`)}\nHost *\nIdentityFile /last\n`;
        const { algorithms, ...asked } = await resolved(name, text);
        const { algorithms: read, ...plainly } = await resolved(name, text, plain);
        assert.deepEqual(plainly, asked);
        if (read.ciphers) assert.deepEqual(read.ciphers, algorithms.ciphers);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  }).timeout(20_000);
});
