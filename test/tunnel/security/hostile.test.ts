import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import ssh2, { type Connection } from "ssh2";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { EngineName } from "../../../src/tunnel/link.ts";
import { jupyter, portOf } from "../discovery/fakes.ts";
import { farHost } from "../discovery/far-host.ts";
import { type Program, startProgram } from "../discovery/program.ts";
import { type KeyPair, makeKey, type Scratch, scratch } from "../scratch.ts";
import { type Sshd, startSshd } from "../sshd.ts";
import { never, type Person, person } from "./person.ts";

/** Clears the screen, sets the window's title, and turns the reading direction. */
const spell = "\u001b[2J\u001b]0;owned\u0007\u202e\u009b31m";

describe("a host that writes escape sequences", function () {
  this.timeout(60_000);
  let folder: Scratch;
  let hostKey: KeyPair;
  let server: ssh2.Server;
  const connections = new Set<Connection>();

  before(async () => {
    folder = scratch();
    hostKey = makeKey(folder.file("host"));
    const dressed = { banner: `Welcome ${spell}\n`, ident: "Evil", hostKeys: [readFileSync(hostKey.file)] };
    server = new ssh2.Server(dressed, serve);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });

  after(async () => {
    for (const connection of connections) connection.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    folder.remove();
  });

  /** Asks with spells for an answer, and answers every command with one. */
  function serve(connection: Connection): void {
    connections.add(connection);
    connection.on("error", () => {});
    connection.on("close", () => connections.delete(connection));
    connection.on("authentication", (context) => {
      if (context.method !== "keyboard-interactive") return context.reject(["keyboard-interactive"]);
      const prompts = [{ prompt: `Code ${spell}: `, echo: false }];
      context.prompt(prompts, `Title ${spell}`, `Do ${spell}\nthis.`, () => context.accept());
    });
    connection.on("session", (accept) => {
      accept().on("exec", (acceptCommand) => {
        const command = acceptCommand();
        command.stderr.write(`no shell ${spell}\n`);
        command.exit(1);
        command.end();
      });
    });
  }

  for (const engine of ["ssh2", "openssh"] as const satisfies EngineName[]) {
    it(`has none of them obeyed in banner, questions and failures, by ${engine}`, async () => {
      const port = portOf(server);
      const { service, asked, heard } = person(
        folder,
        engine,
        {
          config: [
            "Host evil",
            "HostName 127.0.0.1",
            `Port ${port}`,
            "User ada",
            "IdentityFile none",
            "IdentityAgent none",
          ],
          knownHosts: `[127.0.0.1]:${port} ${readFileSync(hostKey.publicFile, "utf8")}`,
        },
        { interactive: ({ fields }) => fields.map(() => "1") },
      );
      try {
        const failure = await service.discover({ host: "evil", engine }, never).catch((error: unknown) => error);
        assert.ok(failure instanceof TunnelError && failure.code === "cannot-look", String(failure));
        const { said, advice, message } = failure;
        assert.deepEqual(obeyedIn([heard, said, advice, message]), []);
        assert.ok(message.includes("no shell"), message);
        assert.match(JSON.stringify(heard), /Welcome .*\[2J/);
        assert.match(JSON.stringify(asked), /Title .*\[2J.*Do .*this.*Code .*\[2J/);
      } finally {
        await service.close({}, never);
      }
    });
  }
});

describe("servers with escape sequences in their names", function () {
  this.timeout(60_000);
  let folder: Scratch;
  let sshd: Sshd;
  const programs: Program[] = [];

  before(async () => {
    folder = scratch();
    sshd = await startSshd(folder, { config: [`SetEnv HOME=${folder.path} TMPDIR=${folder.path}`] });
    const evil = { title: spell };
    programs.push(await startProgram(folder, jupyter({ version: `2${spell}` }), ["python3", "jupyter-lab"], evil));
    programs.push(await startProgram(folder, {}, [spell, "unknown", spell], { ...evil, host: "0.0.0.0" }));
    const [{ pid, port } = { pid: 0, port: 0 }] = programs;
    farHost(folder).jupyterFile(pid, { port, root_dir: `/home/${spell}`, version: `2${spell}` });
  });

  after(async () => {
    for (const program of programs) await program.close();
    await sshd.stop();
    folder.remove();
  });

  it("have none of them obeyed where they are listed or judged", async () => {
    const config = ["Host far", "HostName 127.0.0.1", `Port ${sshd.port}`, `User ${sshd.user}`];
    const login = [`IdentityFile ${sshd.userKey.file}`, "IdentitiesOnly yes", "IdentityAgent none"];
    const one: Person = person(folder, "ada", { config: [...config, ...login], knownHosts: sshd.knownHostsLine() });
    try {
      const found = await one.service.discover({ host: "far" }, never);
      const judged = await one.service.audit({ host: "far" }, never);
      const [ours] = found.servers.filter(({ target }) => target.kind === "tcp" && target.port === programs[0]?.port);
      assert.match(ours?.folder ?? "", /^\/home\/.*\[2J/);
      assert.deepEqual(obeyedIn([found, judged, one.heard]), []);
    } finally {
      await one.service.close({}, never);
    }
  });
});

/** Every text in a value that a terminal would obey instead of show; line breaks are allowed. */
function obeyedIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...obeyedIn(key), ...obeyedIn(inner)]);
}
