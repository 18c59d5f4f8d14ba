import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { connectSsh2 } from "../../../src/tunnel/ssh2/engine.ts";
import { hostOf } from "../host-with.ts";
import { type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { startSshd, treeOf } from "../sshd.ts";
import { hasCode, never } from "./expect.ts";
import { type FaultyServer, faultyServer } from "./server.ts";
import { until } from "./until.ts";
import { makeWorld, type World } from "./world.ts";

describe("an answer that takes its time", () => {
  let files: Scratch;
  let hostKey: KeyPair;
  let userKey: KeyPair;

  before(() => {
    files = scratch();
    hostKey = makeKey(files.file("host"));
    userKey = makeKey(files.file("user"));
  });
  after(() => files.remove());

  const hostOn = (server: { port: number }, more = {}) =>
    hostOf("gpu", { port: server.port, user: "me", userKey }, { methods: ["password"], identityFiles: [], ...more });

  function world(key: World["answers"]["key"] = async () => "once"): World {
    const made = makeWorld(files);
    made.answers.key = key;
    return made;
  }

  /** Says yes to one password. */
  const guarded = () =>
    faultyServer({
      hostKey,
      judge: (context) =>
        context.method === "password" && context.password === "secret"
          ? context.accept()
          : context.reject(["password"]),
    });

  it("may take longer than ConnectTimeout and than LoginGraceTime of a real sshd", async function () {
    this.timeout(10_000);
    const sshd = await startSshd(files, { config: ["LoginGraceTime 1"] });
    const { session, asked, answers } = makeWorld(files);
    answers.key = async () => {
      // sshd gives up without a word in its log; the process that waits for the login ends.
      await until(() => treeOf(sshd.pid).length === 1);
      return "once";
    };
    const link = await connectSsh2(hostOf("gpu", sshd, { connectTimeoutMs: 300 }), session, never);
    await link.probe(5000);
    await link.close();
    await sshd.stop();
    assert.equal(asked.keys.length, 1);
  });

  it("is not asked for again when the server did not wait", async () => {
    const server = await guarded();
    const { session, asked, answers } = world();
    answers.secret = async () => {
      await server.drop();
      return "secret";
    };
    const link = await connectSsh2(hostOn(server), session, never);
    await link.close();
    assert.deepEqual([asked.keys.length, asked.secrets.length], [1, 1]);
    assert.deepEqual(server.attempts, ["none", "none", "password secret"]);
    await server.close();
  });

  it("is used once: a server that drops it each time is given up", async () => {
    let server: FaultyServer | undefined;
    server = await faultyServer({
      hostKey,
      judge(context) {
        if (context.method === "password") void server?.drop();
        else context.reject(["password"]);
      },
    });
    const { session, asked, answers } = world();
    answers.secret = async () => "secret";
    await assert.rejects(connectSsh2(hostOn(server), session, never), hasCode("connection-lost"));
    assert.equal(asked.secrets.length, 1);
    assert.deepEqual(server.attempts, ["none", "password secret", "none", "password secret"]);
    await server.close();
  });

  it("is not given to a server that shows another key meanwhile", async () => {
    const first = await guarded();
    const other = await faultyServer({ hostKey: makeKey(files.file("other")) });
    const { session, answers } = world();
    // The way leads elsewhere once the first server has dropped the connection.
    const place = { port: first.port };
    answers.secret = async () => {
      place.port = other.port;
      await first.drop();
      return "secret";
    };
    const host = {
      ...hostOn(first),
      get port() {
        return place.port;
      },
    };
    await assert.rejects(connectSsh2(host, session, never), hasCode("host-key-changed"));
    assert.deepEqual(other.attempts, []);
    await Promise.all([first.close(), other.close()]);
  });

  it("is cancelled where they give up after the server has", async () => {
    const server = await guarded();
    const { session, answers } = world();
    answers.secret = async () => {
      await server.drop();
      return undefined;
    };
    await assert.rejects(connectSsh2(hostOn(server), session, never), hasCode("cancelled"));
    await server.close();
  });

  it("says no to a key for good", async () => {
    const server = await guarded();
    const { session, asked } = world(async () => {
      await server.drop();
      return "refuse";
    });
    await assert.rejects(connectSsh2(hostOn(server), session, never), hasCode("host-key-unknown"));
    assert.deepEqual([server.attempts, asked.secrets], [[], []]);
    await server.close();
  });

  for (const [what, line, code] of [
    ["changed", (own: string, other: string) => `${other}# ${own}`, "host-key-changed"],
    ["revoked", (own: string) => `@revoked ${own}`, "host-key-revoked"],
  ] as const) {
    it(`is never asked for by a host whose key is ${what}`, async () => {
      const sshd = await startSshd(files, {
        name: what,
        config: ["PasswordAuthentication yes", "KbdInteractiveAuthentication yes"],
      });
      const { session, asked } = world();
      const locked = makeKey(files.file(`locked-${what}`), { passphrase: "words" });
      const otherKey = makeKey(files.file(`other-${what}-key`));
      const own = sshd.knownHostsLine();
      const foreign = `[127.0.0.1]:${sshd.port} ${readFileSync(otherKey.publicFile, "utf8")}`;
      writeFileSync(files.file(`known-${what}`), line(own, foreign));
      const host = hostOf("gpu", sshd, {
        userKnownHostsFiles: [files.file(`known-${what}`)],
        identityFiles: [locked.file],
      });
      await assert.rejects(connectSsh2(host, session, never), hasCode(code));
      assert.deepEqual(asked, { keys: [], secrets: [], fields: [] });
      await sshd.stop();
    });
  }
});
