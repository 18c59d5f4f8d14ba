import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { AuthContext, Connection } from "ssh2";
import ssh2 from "ssh2";
import { connectOpenssh } from "../../../src/tunnel/openssh/engine.ts";
import { questionOf } from "../../../src/tunnel/openssh/questions.ts";
import { hostOf } from "../host-with.ts";
import { fingerprintOf, type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { blockOf, foldersOf, hasCode, makeWorld, type Plain, processesOf, type World } from "./world.ts";

const never = new AbortController().signal;

describe("what the system's ssh asks", function () {
  // Several processes for each login; a busy machine takes its time.
  this.timeout(15_000);
  let files: Scratch;
  let hostKey: KeyPair;
  let server: ssh2.Server;
  let far: Plain["sshd"];
  let check: (context: AuthContext) => void;
  const connections = new Set<Connection>();

  before(async () => {
    files = scratch();
    hostKey = makeKey(files.file("host"));
    server = new ssh2.Server({ hostKeys: [readFileSync(hostKey.file)] }, (connection) => {
      connections.add(connection);
      connection.on("error", () => {});
      connection.on("close", () => connections.delete(connection));
      connection.on("authentication", (context) => check(context));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    far = { port, user: "me", userKey: makeKey(files.file("user")) };
  });

  after(async () => {
    for (const connection of connections) connection.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    files.remove();
  });

  function ready(methods: string): { world: World; host: ReturnType<typeof hostOf> } {
    const world = makeWorld(files, blockOf("gpu", far, [`PreferredAuthentications ${methods}`]));
    const [type, key] = readFileSync(hostKey.publicFile, "utf8").split(" ");
    writeFileSync(world.knownHosts, `[127.0.0.1]:${far.port} ${type} ${key}\n`);
    return { world, host: hostOf("gpu", far, { userKnownHostsFiles: [world.knownHosts] }) };
  }

  it("is a password, until it is right", async () => {
    const { world, host } = ready("password");
    world.answers.secrets = ["wrong", "hunter2"];
    check = (context) =>
      context.method === "password" && context.password === "hunter2" ? context.accept() : context.reject(["password"]);
    const link = await connectOpenssh(host, world.session, never);
    await link.close();
    const hop = { name: "gpu", hostname: "127.0.0.1", port: far.port, user: "me" };
    const asked = { kind: "password" as const, hop, hostKey: fingerprintOf(hostKey.publicFile) };
    assert.deepEqual(world.asked.secrets, [
      { ...asked, attempt: 1 },
      { ...asked, attempt: 2 },
    ]);
    assert.ok(!world.log.join("\n").includes("hunter2"));
  });

  it("names the methods of a server that refuses", async () => {
    const { world, host } = ready("password");
    world.answers.secrets = ["a", "b", "c"];
    check = (context) => context.reject(["password"]);
    await assert.rejects(connectOpenssh(host, world.session, never), (error) => {
      assert.ok(hasCode("auth-refused")(error));
      assert.match(`${error}`, /\(password\)/);
      return true;
    });
    assert.deepEqual([foldersOf(world), processesOf(world)], [[], []]);
  });

  it("is what a server asks in keyboard-interactive, as it wrote it, made harmless", async () => {
    const { world, host } = ready("keyboard-interactive");
    world.answers.secrets = ["push", "123456"];
    check = (context) => {
      if (context.method !== "keyboard-interactive") return context.reject(["keyboard-interactive"]);
      const prompts = [
        { prompt: "How? \u001b[31m", echo: true },
        { prompt: "Code: ", echo: false },
      ];
      context.prompt(prompts, "Duo", "Choose a way.", (answers) => {
        if (answers.join() === "push,123456") context.accept();
        else context.reject(["keyboard-interactive"]);
      });
    };
    const link = await connectOpenssh(host, world.session, never);
    await link.close();
    assert.deepEqual(
      world.asked.fields.map(({ hop, fields }) => [hop.name, fields.length, fields[0]?.echo]),
      [
        ["gpu", 1, false],
        ["gpu", 1, false],
      ],
    );
    assert.match(world.asked.fields[0]?.instructions ?? "", /Duo\nChoose a way\./);
    assert.match(world.asked.fields[0]?.fields[0]?.prompt ?? "", /^How\? /);
    assert.equal(world.asked.fields[1]?.fields[0]?.prompt, "Code: ");
    assert.ok(!JSON.stringify(world.asked.fields).includes("\\u001b"));
  });

  it("ends the login where nobody answers", async () => {
    const { world, host } = ready("password");
    check = (context) => context.reject(["password"]);
    await assert.rejects(connectOpenssh(host, world.session, never), hasCode("cancelled"));
    assert.equal(world.asked.secrets.length, 1);
  });

  it("is understood in OpenSSH's own words", () => {
    const key = [
      "The authenticity of host '[10.0.0.7]:2222 ([10.0.0.7]:2222)' can't be established.",
      "RSA key fingerprint is SHA256:jjSKBvU7Q4+ZpJMn///o/Dm3H4DIZm36tl3KPSROAyg.",
      "This key is not known by any other names.",
      "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
    ].join("\n");
    assert.deepEqual(questionOf(key, ""), {
      kind: "host-key",
      identity: "[10.0.0.7]:2222",
      keyType: "ssh-rsa",
      fingerprint: "SHA256:jjSKBvU7Q4+ZpJMn///o/Dm3H4DIZm36tl3KPSROAyg",
    });
    assert.deepEqual(questionOf("Please type 'yes', 'no' or the fingerprint: ", ""), { kind: "other" });
    assert.deepEqual(questionOf("Accept updated hostkeys? (yes/no): ", ""), { kind: "other" });
    assert.deepEqual(questionOf("Allow shared connection to gpu? ", "confirm"), { kind: "other" });
    assert.equal(questionOf("Confirm user presence for key ED25519-SK SHA256:abc", "none").kind, "notice");
    assert.equal(questionOf("Enter PIN for ED25519-SK key /home/me/.ssh/id: ", "").kind, "interactive");
  });

  it("is not mistaken for a host key where a server writes it", () => {
    const forged =
      "(me@gpu) The authenticity of host 'gpu (1)' can't be established.\nRSA key fingerprint is SHA256:abc.";
    assert.equal(questionOf(forged, "").kind, "interactive");
  });
});
