import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { type AuthContext, type AuthenticationType, utils } from "ssh2";
import { message, render } from "../../../src/core/message.ts";
import { authenticator } from "../../../src/tunnel/auth/authenticator.ts";
import { needsSystemSsh } from "../../../src/tunnel/auth/course.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Prompts } from "../../../src/tunnel/prompts.ts";
import { hostWith } from "../host-with.ts";
import { type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { startAgent, type TestAgent } from "./agent.ts";
import { login, sessionWith } from "./login.ts";
import { type JudgingServer, judgingServer } from "./server.ts";

describe("logging in", () => {
  let folder: Scratch;
  let hostKey: KeyPair;
  let plain: KeyPair;
  let locked: KeyPair;
  let rsa: KeyPair;
  let server: JudgingServer | undefined;
  let agent: TestAgent | undefined;

  before(() => {
    folder = scratch();
    hostKey = makeKey(folder.file("host"));
    plain = makeKey(folder.file("plain"));
    locked = makeKey(folder.file("locked"));
    // One round of bcrypt, as ssh2 computes it in JavaScript.
    execFileSync("ssh-keygen", ["-q", "-p", "-a", "1", "-P", "", "-N", "open sesame", "-f", locked.file]);
    rsa = makeKey(folder.file("rsa"), { type: "rsa", bits: "2048" });
  });
  afterEach(async () => {
    await server?.close();
    await agent?.stop();
    server = agent = undefined;
  });
  after(() => folder.remove());

  async function serve(judge: (context: AuthContext) => void): Promise<JudgingServer> {
    server = await judgingServer(hostKey, judge);
    return server;
  }

  /** Accepts these keys, and whatever signs with them. */
  const accepts =
    (...keys: KeyPair[]) =>
    (context: AuthContext) => {
      const known = keys.map(({ publicFile }) => utils.parseKey(readFileSync(publicFile)));
      const shown = context.method === "publickey" ? context.key.data : Buffer.alloc(0);
      if (known.some((key) => !(key instanceof Error) && key.getPublicSSH().equals(shown))) context.accept();
      else context.reject(["publickey"]);
    };

  const acceptsPassword = (password: string) => (context: AuthContext) =>
    context.method === "password" && context.password === password ? context.accept() : context.reject(["password"]);

  it("asks for a password three times, each with the hop and the host's key", async () => {
    const { port, attempts } = await serve(acceptsPassword("third"));
    const answers = ["first", "second", "third"];
    const { failure, secrets } = await login(hostWith({ port }), { secret: ({ attempt }) => answers[attempt - 1] });
    assert.equal(failure, undefined);
    assert.deepEqual(attempts, ["none", "password first", "password second", "password third"]);
    const hop = { name: "gpu", hostname: "127.0.0.1", port, user: "me" };
    assert.deepEqual(secrets[2], { kind: "password", hop, hostKey: "SHA256:host", attempt: 3 });
  });

  it("says what was tried and what the host accepts when three passwords are wrong", async () => {
    const { port } = await serve(acceptsPassword("right"));
    const { failure, secrets, log } = await login(hostWith({ port }), { secret: () => "my-wrong-secret" });
    assert.equal(secrets.length, 3);
    assert.equal(failure?.code, "auth-refused");
    assert.equal(failure.message, "gpu did not let me in. Tried: password (3×).");
    assert.ok(render(failure.advice).endsWith("which keys the host accepts: password"));
    assert.ok(!JSON.stringify([failure.said, log]).includes("my-wrong-secret"));
  });

  it("ends when a person gives up", async () => {
    const { port, attempts } = await serve((context) => context.reject(["password", "keyboard-interactive"]));
    const { failure, secrets } = await login(hostWith({ port, methods: ["password", "keyboard-interactive"] }));
    assert.deepEqual([failure?.code, secrets.length], ["cancelled", 1]);
    assert.deepEqual(attempts, ["none"]);
  });

  it("ends an open question when the login is closed", async () => {
    let asked = () => {};
    const open = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const secret: Prompts["secret"] = async (_question, signal) => {
      asked();
      await once(signal, "abort");
      return undefined;
    };
    const refuse = () => Promise.reject(new Error("nothing else is asked"));
    const prompts: Prompts = { secret, hostKey: refuse, interactive: refuse, notice: () => {} };
    const auth = await authenticator(hostWith(), sessionWith(prompts), "SHA256:host", new AbortController().signal);
    auth.next(["password"], false, () => assert.fail("there is no further attempt"));
    await open;
    auth.close();
    await new Promise(setImmediate);
    assert.equal(auth.failure().code, "cancelled");
  });

  it("opens a locked key with the second passphrase, and only after the server has said it would take it", async () => {
    const { port, attempts } = await serve(accepts(locked));
    const identityFiles = [plain.file, folder.file("missing"), locked.file];
    const { failure, secrets, log } = await login(hostWith({ port, identityFiles }), {
      secret: ({ attempt }) => (attempt === 1 ? "wrong" : "open sesame"),
    });
    assert.equal(failure, undefined);
    const seen = ["none", "publickey ssh-ed25519", "publickey ssh-ed25519", "publickey ssh-ed25519 signed"];
    assert.deepEqual(attempts, seen);
    assert.deepEqual(
      secrets.map((question) => [question.kind === "passphrase" && question.file, question.attempt]),
      [
        [locked.file, 1],
        [locked.file, 2],
      ],
    );
    assert.ok(!log.join().includes("sesame"));
  });

  it("asks nothing about a locked key that the server does not want", async () => {
    const { port } = await serve(accepts(plain));
    const { failure, secrets } = await login(hostWith({ port, identityFiles: [locked.file] }));
    assert.deepEqual([failure?.code, secrets.length], ["auth-refused", 0]);
  });

  it("goes on after three wrong passphrases, or says that they were wrong", async () => {
    const { port, attempts } = await serve(accepts(locked, plain));
    const both = hostWith({ port, identityFiles: [locked.file, plain.file] });
    const person = { secret: () => "wrong" };
    assert.equal((await login(both, person)).secrets.length, 3);
    assert.equal(attempts.at(-1), "publickey ssh-ed25519 signed");
    const { failure } = await login({ ...both, identityFiles: [locked.file] }, person);
    assert.equal(failure?.code, "passphrase-wrong");
    assert.ok(failure.message.includes(locked.file));
  });

  it("asks for the passphrase of an old key without a public half beside it", async () => {
    const old = folder.file("old");
    copyFileSync(rsa.file, old);
    copyFileSync(rsa.publicFile, `${old}.pub`);
    execFileSync("ssh-keygen", ["-q", "-p", "-m", "PEM", "-P", "", "-N", "open sesame", "-f", old]);
    renameSync(`${old}.pub`, folder.file("elsewhere"));
    const { port, attempts } = await serve(accepts({ file: old, publicFile: folder.file("elsewhere") }));
    const { failure } = await login(hostWith({ port, identityFiles: [old] }), { secret: () => "open sesame" });
    assert.equal(failure, undefined);
    assert.deepEqual(attempts, ["none", "publickey ssh-rsa sha256", "publickey ssh-rsa sha256 signed"]);
  });

  it("goes through a key and then a code, each prompt made harmless", async () => {
    let left: AuthenticationType[] = ["publickey"];
    const { port, attempts } = await serve((context) => {
      if (context.method === "publickey") {
        if (!context.signature) return context.accept();
        left = ["keyboard-interactive"];
        return context.reject(left, true);
      }
      if (context.method !== "keyboard-interactive") return context.reject(left);
      context.prompt(
        [{ prompt: "Code\u001b[2J: ", echo: true }],
        "Two\nsteps",
        "Look at \u202eyour phone",
        (answers) => (answers[0] === "123456" ? context.accept() : context.reject(["keyboard-interactive"])),
      );
    });
    const { failure, questions } = await login(hostWith({ port, identityFiles: [plain.file] }), {
      interactive: () => ["123456"],
    });
    assert.equal(failure, undefined);
    assert.deepEqual(attempts.slice(-3), ["publickey ssh-ed25519 signed", "none", "keyboard-interactive"]);
    const fields = [{ prompt: "Code\ufffd[2J: ", echo: true }];
    const hop = { name: "gpu", hostname: "127.0.0.1", port, user: "me" };
    assert.deepEqual(questions, [{ hop, title: "Two steps", instructions: "Look at \ufffdyour phone", fields }]);
  });

  it("goes through a password and then a code", async () => {
    const { port } = await serve((context) => {
      if (context.method === "password") return context.reject(["keyboard-interactive"], true);
      if (context.method !== "keyboard-interactive") return context.reject(["password"]);
      context.prompt([{ prompt: "Code: ", echo: false }], () => context.accept());
    });
    const { failure, questions } = await login(hostWith({ port }), { secret: () => "x", interactive: () => ["1"] });
    assert.deepEqual([failure, questions.length], [undefined, 1]);
  });

  it("tries a code three times, and not again where the server asks nothing", async () => {
    let silent = false;
    const { port, attempts } = await serve((context) => {
      if (context.method !== "keyboard-interactive" || silent) return context.reject(["keyboard-interactive"]);
      context.prompt([{ prompt: "Code: ", echo: false }], () => context.reject(["keyboard-interactive"]));
    });
    assert.equal((await login(hostWith({ port }), { interactive: () => ["1"] })).questions.length, 3);
    silent = true;
    const before = attempts.length;
    const { failure } = await login(hostWith({ port }));
    assert.equal(failure?.code, "auth-refused");
    assert.deepEqual(attempts.slice(before), ["none", "keyboard-interactive"]);
  });

  it("says what is missing where nobody can be asked, once it has tried what needs no answer", async () => {
    const { port, attempts } = await serve((context) => {
      if (context.method !== "keyboard-interactive") return context.reject(["keyboard-interactive", "publickey"]);
      context.prompt([{ prompt: "Code: ", echo: false }], () => context.reject(["keyboard-interactive", "publickey"]));
    });
    const nobody = () => {
      throw new TunnelError("answer-needed", message("Nobody is here to answer."));
    };
    const methods = ["keyboard-interactive", "publickey"];
    const { failure } = await login(hostWith({ port, methods, identityFiles: [plain.file] }), { interactive: nobody });
    assert.equal(failure?.code, "answer-needed");
    assert.deepEqual(attempts, ["none", "keyboard-interactive", "publickey ssh-ed25519"]);
  });

  describe("with an agent", () => {
    it("offers the keys that the config names first, then the others, and then those in files", async () => {
      agent = await startAgent(folder, [rsa, plain]);
      const { port, attempts } = await serve(accepts(locked));
      const host = hostWith({ port, agent: agent.socket, identityFiles: [locked.file, plain.file] });
      const { failure, secrets } = await login(host, { secret: () => "open sesame" });
      assert.deepEqual([failure, secrets.length], [undefined, 1]);
      assert.deepEqual(attempts.slice(1), [
        "publickey ssh-ed25519",
        "publickey ssh-rsa sha256",
        "publickey ssh-ed25519",
        "publickey ssh-ed25519 signed",
      ]);
    });

    it("signs with the agent, for which the public half is enough, and with SHA-2 for RSA", async () => {
      agent = await startAgent(folder, [plain, rsa]);
      writeFileSync(folder.file("selector.pub"), readFileSync(rsa.publicFile));
      const { port, attempts } = await serve(accepts(rsa));
      const identityFiles = [folder.file("selector")];
      const { failure } = await login(hostWith({ port, agent: agent.socket, identityFiles, identitiesOnly: true }));
      assert.equal(failure, undefined);
      assert.deepEqual(attempts, ["none", "publickey ssh-rsa sha256", "publickey ssh-rsa sha256 signed"]);
    });

    it("keeps the agent's other keys back where IdentitiesOnly is set", async () => {
      agent = await startAgent(folder, [plain]);
      const { port, attempts } = await serve(accepts(plain));
      const { failure } = await login(hostWith({ port, agent: agent.socket, identitiesOnly: true }));
      assert.equal(failure?.code, "auth-refused");
      assert.deepEqual(attempts, ["none"]);
    });

    it("does without one that is not there, and names it in the failure", async () => {
      const { port } = await serve(accepts(plain));
      const nowhere = folder.file("no-agent");
      const host = hostWith({ port, agent: nowhere });
      assert.equal((await login({ ...host, identityFiles: [plain.file] })).failure, undefined);
      assert.equal((await login(host)).failure?.code, "agent-unreachable");
      const { failure } = await login({ ...host, identityFiles: [locked.file] });
      assert.equal(failure?.code, "auth-refused");
      assert.ok(failure.message.includes(nowhere));
    });

    it("does without one that talks nonsense", async () => {
      const socket = folder.file("nonsense");
      const nonsense = createServer((connection) =>
        connection
          .on("error", () => {})
          .resume()
          .end("hello, I am no agent"),
      );
      await new Promise<void>((resolve) => nonsense.listen(socket, resolve));
      const { port } = await serve(accepts(plain));
      const { failure } = await login(hostWith({ port, agent: socket, identityFiles: [plain.file] }));
      await new Promise((resolve) => nonsense.close(resolve));
      assert.equal(failure, undefined);
    });

    it("says which keys only the system's ssh can use, before any password where that can take over", async () => {
      execFileSync("ssh-keygen", ["-q", "-s", hostKey.file, "-I", "me", "-n", "me", plain.publicFile]);
      agent = await startAgent(folder, [plain]);
      const { port } = await serve((context) => context.reject(["publickey", "password"]));
      const host = hostWith({ port, agent: agent.socket, methods: ["publickey", "password"] });
      const yielded = await login(host, {}, { mayYield: true });
      assert.deepEqual([yielded.failure?.code, yielded.secrets.length], ["auth-refused", 0]);
      assert.ok(yielded.failure && needsSystemSsh(yielded.failure)?.includes("ssh-ed25519-cert-v01@openssh.com"));

      const asked = await login(host, { secret: () => "x" });
      assert.equal(asked.secrets.length, 3);
      assert.ok(asked.failure && needsSystemSsh(asked.failure)?.includes("cert"));
    });
  });

  it("names a FIDO2 key among the identity files", async () => {
    const file = folder.file("id_ed25519_sk");
    const parts = ["sk-ssh-ed25519@openssh.com", "k".repeat(32), "ssh:"].map((text) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      return Buffer.concat([length, Buffer.from(text)]);
    });
    writeFileSync(`${file}.pub`, `sk-ssh-ed25519@openssh.com ${Buffer.concat(parts).toString("base64")} mine\n`);
    const { port } = await serve(accepts(plain));
    const { failure } = await login(hostWith({ port, identityFiles: [file] }));
    assert.equal(failure && needsSystemSsh(failure), `${file} (sk-ssh-ed25519@openssh.com)`);
  });
});
