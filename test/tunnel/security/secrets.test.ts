import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineName } from "../../../src/tunnel/link.ts";
import { jupyter } from "../discovery/fakes.ts";
import { farHost } from "../discovery/far-host.ts";
import { type Program, startProgram } from "../discovery/program.ts";
import { type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { type FaultyServer, faultyServer } from "../ssh2/server.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { environmentOf, wordsOfDescendants } from "./kernel.ts";
import { never, type Person, person } from "./person.ts";

const passphrase = "correct horse battery";
const mistyped = "correct hoarse battery";
const password = "hunter2-and-more";
const code = "914-203-775";
const token = "8c1f0badtokenbad5d2e7a";
const secrets = [passphrase, mistyped, password, code, token];

describe("what was told in confidence", function () {
  this.timeout(60_000);
  let folder: Scratch;
  let hostKey: KeyPair;
  let sshd: Sshd;
  let gate: FaultyServer;
  let notebook: Program;

  before(async () => {
    folder = scratch();
    hostKey = makeKey(folder.file("gate"));
    const remote = scratchIn(folder, "remote");
    sshd = await startSshd(folder, {
      userKey: makeKey(folder.file("locked"), { passphrase }),
      config: [`SetEnv HOME=${remote.path} TMPDIR=${remote.path} XDG_STATE_HOME=${remote.path}`],
    });
    notebook = await startProgram(remote, jupyter(), ["python3", "jupyter-lab"]);
    farHost(remote).jupyterFile(notebook.pid, { port: notebook.port, token });
    gate = await faultyServer({
      hostKey,
      session: (session) => session.on("exec", (accept) => void accept().exit(1)),
      judge(context) {
        if (context.method === "password") {
          if (context.password === password) context.reject(["keyboard-interactive"], true);
          else context.reject(["password"]);
        } else if (context.method === "keyboard-interactive") {
          context.prompt([{ prompt: "Code: ", echo: false }], "Second factor", "From your phone.", ([given]) =>
            given === code ? context.accept() : context.reject(),
          );
        } else context.reject(["password"]);
      },
    });
  });

  after(async () => {
    await notebook.close();
    await gate.close();
    await sshd.stop();
    folder.remove();
  });

  /** Somebody who knows it all, and mistypes once. */
  function someone(name: string, words: Set<string>): Person {
    const one = person(
      folder,
      name,
      {
        config: [
          ...["Host *", "HostName 127.0.0.1", `User ${sshd.user}`, "IdentityAgent none", "IdentitiesOnly yes"],
          ...["Host gpubox", `Port ${sshd.port}`, `IdentityFile ${sshd.userKey.file}`],
          ...[
            "Host gate",
            `Port ${gate.port}`,
            "IdentityFile none",
            "PreferredAuthentications password,keyboard-interactive",
          ],
        ],
        knownHosts: `${sshd.knownHostsLine()}[127.0.0.1]:${gate.port} ${readFileSync(hostKey.publicFile, "utf8")}`,
      },
      {
        secret: ({ kind, attempt }) => (kind === "password" ? password : attempt === 1 ? mistyped : passphrase),
        interactive: () => [code],
      },
    );
    one.news.on("heard", () => {
      for (const text of [...wordsOfDescendants(process.pid), ...textsIn(one.home)]) words.add(text);
    });
    return one;
  }

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    it(`is in no log, notice, status, error, file, argument or environment, by ${engine}`, async () => {
      const seen = new Set<string>();
      const { service, asked, heard, news, home } = someone(engine, seen);
      const at = { host: "gpubox", engine };
      try {
        const { servers } = await service.discover(at, never);
        const server = servers.find(({ target }) => target.kind === "tcp" && target.port === notebook.port);
        assert.ok(server?.hasToken);
        assert.equal(await service.token({ ...at, server: server.name }, never), token);
        await service.open({ ...at, id: engine, target: server.target, kind: "jupyter" }, never);
        const [error] = await Promise.all([
          service.discover({ host: "gate", engine }, never).catch((reason: unknown) => reason),
          service.audit(at, never).then((audit) => seen.add(JSON.stringify(audit))),
        ]);
        seen.add(`${error instanceof Error ? error.stack : error} ${JSON.stringify(error)}`);
        seen.add(JSON.stringify([servers, await service.tunnels({}, never)]));
        news.emit("heard");
      } finally {
        await service.close({}, never);
      }
      news.emit("heard");

      const kinds = asked.map((question) =>
        "kind" in question ? question.kind : "fields" in question ? "code" : "key",
      );
      assert.deepEqual(kinds, ["passphrase", "passphrase", "password", "code"]);
      assert.ok(gate.attempts.includes(`password ${password}`));
      const all = [...seen, environmentOf(process.pid), JSON.stringify(heard), ...textsIn(home)].join("\n");
      assert.ok(all.includes("gpubox") && all.includes("jupyter"), "something was looked at");
      assert.deepEqual(
        secrets.filter((secret) => all.includes(secret)),
        [],
      );
    });
  }
});

/** A folder inside another, as a scratch of its own. */
function scratchIn(folder: Scratch, name: string): Scratch {
  const path = folder.file(name);
  mkdirSync(path);
  return { path, file: (file) => join(path, file), remove: () => folder.remove() };
}

/** The text of every file below a folder. */
function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      try {
        return readFileSync(join(entry.parentPath, entry.name), "utf8");
      } catch {
        // It was removed while we looked.
        return [];
      }
    });
}
