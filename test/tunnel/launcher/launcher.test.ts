import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { render } from "../../../src/core/message.ts";
import { TunnelError, type TunnelErrorCode } from "../../../src/tunnel/error.ts";
import { listStarted } from "../../../src/tunnel/launcher/list.ts";
import { startServer } from "../../../src/tunnel/launcher/start.ts";
import type { StartedServer, StartRequest } from "../../../src/tunnel/launcher/started.ts";
import { stopStarted } from "../../../src/tunnel/launcher/stop.ts";
import type { Link } from "../../../src/tunnel/link.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { localLink } from "./local-link.ts";

describe("starting servers on a host", () => {
  let folder: Scratch;
  let env: Record<string, string>;
  let link: Link;
  const never = new AbortController().signal;
  const begun: number[] = [];

  const start = async (request: Partial<StartRequest> = {}, signal = never): Promise<StartedServer> => {
    const server = await startServer(link, { kind: "tensorboard", socket: false, ...request }, signal);
    begun.push(server.pid);
    return server;
  };
  /** Puts a program there that behaves like a server: `serve` is what it does with its `options`. */
  const install = (name: string, serve: string, bin = "bin") => {
    mkdirSync(folder.file(bin), { recursive: true });
    writeFileSync(folder.file(`${bin}/${name}`), `#!${process.execPath}\n${server}\n${serve}\n`);
    chmodSync(folder.file(`${bin}/${name}`), 0o755);
  };
  const records = () => readdirSync(folder.file("state/launch-guard")).filter((name) => name.endsWith(".json"));

  beforeEach(() => {
    folder = scratch();
    env = {
      HOME: folder.path,
      PATH: `${folder.file("bin")}:/usr/bin:/bin`,
      XDG_STATE_HOME: folder.file("state"),
      TMPDIR: folder.path,
      SHELL: "/bin/sh",
    };
    link = localLink(env);
    install("tensorboard", "listen(options.port, options.host)");
  });

  afterEach(async () => {
    for (const server of await listStarted(link, never)) await stopStarted(link, server.name, never);
    const left = begun.splice(0).filter(runs);
    folder.remove();
    assert.deepEqual(left, [], "a server is still running");
  });

  it("starts one that listens on loopback alone, in its folder, and says where", async () => {
    mkdirSync(folder.file("runs of ada's"));
    const server = await start({ folder: "~/runs of ada's" });
    assert.equal(server.name, "tensorboard-1");
    assert.equal(server.folder, folder.file("runs of ada's"));
    assert.equal(server.target.kind === "tcp" && server.target.host, "127.0.0.1");
    assert.match(readFileSync(server.logFile, "utf8"), new RegExp(`--logdir ${server.folder} --host 127.0.0.1 --port`));
    assert.match(readFileSync(server.logFile, "utf8"), new RegExp(`^cwd ${server.folder}$`, "m"));
    assert.deepEqual(await listStarted(link, never), [server]);
  });

  it("leaves it in a session of its own", async () => {
    const { pid } = await start();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    assert.equal(Number(stat[3]), pid, "it leads its session");
    assert.equal(stat[4], "0", "it has no terminal");
  });

  it("keeps log and record from other users, and leaves the server the user's own umask", async () => {
    const { logFile } = await start();
    assert.equal(mode(dirname(logFile)), 0o700);
    assert.equal(mode(logFile), 0o600);
    assert.equal(mode(logFile.replace(/log$/, "json")), 0o600);
    assert.match(readFileSync(logFile, "utf8"), /^umask 22$/m);
  });

  it("gives the next one another name and another port", async () => {
    const [one, other] = [await start(), await start()];
    assert.deepEqual([one.name, other.name], ["tensorboard-1", "tensorboard-2"]);
    assert.notDeepEqual(one.target, other.target);
  });

  it("takes the next port where the tool's own is used", async () => {
    const taken = createServer().listen(6006, "127.0.0.1");
    // Another program may have it already, which is just as good.
    taken.on("error", () => undefined);
    try {
      const { target } = await start();
      assert.ok(target.kind === "tcp" && target.port > 6006 && target.port < 6106);
    } finally {
      taken.close();
    }
  });

  it("tries again with another port where somebody took its port before it did", async () => {
    // At its first start it waits until the port is taken, and ends as a server does that cannot have it.
    install(
      "tensorboard",
      `const port = Number(options.port);
      const wait = () => require("node:net").connect(port, "127.0.0.1")
        .on("connect", () => setTimeout(() => process.exit(1), 500)).on("error", () => setTimeout(wait, 20));
      if (fs.existsSync("started")) listen(port, options.host);
      else { fs.writeFileSync("started", ""); wait(); }`,
    );
    mkdirSync(folder.file("state/launch-guard"), { recursive: true });
    const taken = createHttpServer((_, response) => response.end());
    const starting = start();
    try {
      const { port } = await firstRecord(folder.file("state/launch-guard"));
      await once(taken.listen(port, "127.0.0.1"), "listening");
      const { target, name } = await starting;
      assert.ok(target.kind === "tcp" && target.port > port);
      assert.deepEqual(records(), [`${name}.json`]);
    } finally {
      taken.closeAllConnections();
      taken.close();
    }
  }).timeout(20_000);

  it("puts Jupyter on a socket that only its user can reach", async () => {
    install("jupyter", "answer = (path) => (path === '/api' ? 200 : 403); listen(options.sock)");
    install("jupyter-lab", "");
    const server = await start({ kind: "jupyter", socket: true });
    assert.ok(server.target.kind === "unix");
    assert.equal(mode(dirname(server.target.path)), 0o700);
    assert.match(
      readFileSync(server.logFile, "utf8"),
      /^lab --no-browser --sock=\S+ --sock-mode=0600 --notebook-dir=/m,
    );
    await stopStarted(link, server.name, never);
    assert.ok(!existsSync(dirname(server.target.path)), "the socket's folder is gone");
  });

  for (const [login, status] of [
    ["asks for no login", 200],
    ["asks for a login", 403],
  ] as const) {
    it(`${status === 200 ? "says" : "has nothing to say"} where Jupyter ${login}`, async () => {
      install(
        "jupyter",
        `answer = (path) => (path === "/api/status" ? ${status} : 200); listen(options.port, options.ip)`,
      );
      const { notes } = await start({ kind: "jupyter" });
      assert.equal(notes.length, status === 200 ? 1 : 0);
    });
  }

  it("stops it, forgets it and keeps its log", async () => {
    const server = await start();
    await stopStarted(link, server.name, never);
    assert.ok(!runs(server.pid));
    assert.deepEqual(await listStarted(link, never), []);
    assert.ok(existsSync(server.logFile));
  });

  it("stops it by the name that looking at the host gives it, too", async () => {
    const server = await start();
    assert.ok(server.target.kind === "tcp");
    await stopStarted(link, `tensorboard-${server.target.port}`, never);
    assert.ok(!runs(server.pid));
  });

  it("ends one that ignores the wish to stop, after the time it is given", async () => {
    install("tensorboard", 'process.on("SIGTERM", () => undefined); listen(options.port, options.host)');
    const server = await start();
    const began = Date.now();
    await stopStarted(link, server.name, never, 1);
    assert.ok(!runs(server.pid));
    assert.ok(Date.now() - began >= 1000, "it was given time");
    // The second that it waits for leaves a busy machine too little of the usual two.
  }).timeout(10_000);

  it("never ends another process that has got its number", async () => {
    const server = await start();
    const file = server.logFile.replace(/log$/, "json");
    const record = readFileSync(file, "utf8");
    for (const other of [record.replace(/"born":"\d+"/, '"born":"1"'), record.replace("--logdir", "--other")]) {
      writeFileSync(file, other);
      assert.equal((await listStarted(link, never))[0]?.running, false);
      await stopStarted(link, server.name, never);
      assert.ok(runs(server.pid));
    }
    writeFileSync(file, record, { mode: 0o600 });
  });

  it("lists one that has ended by itself as not running, and forgets it when asked to stop it", async () => {
    const server = await start();
    process.kill(server.pid, "SIGKILL");
    assert.deepEqual(await listStarted(link, never), [{ ...server, running: false }]);
    await stopStarted(link, server.name, never);
    assert.deepEqual(records(), []);
  });

  it("shows one of another node as there, and does not touch it", async () => {
    const server = await start();
    const file = server.logFile.replace(/log$/, "json");
    const record = readFileSync(file, "utf8");
    writeFileSync(file, record.replace(/"node":"[^"]*"/, '"node":"login7"'));
    const [listed] = await listStarted(link, never);
    assert.deepEqual([listed?.node, listed?.running], ["login7", false]);
    await fails("other-node", /login7/, stopStarted(link, server.name, never));
    writeFileSync(file, record);
  });

  it("reads the rest where a record is broken", async () => {
    const server = await start();
    writeFileSync(folder.file("state/launch-guard/jupyter-1.json"), '{"pid":12,');
    writeFileSync(folder.file("state/launch-guard/jupyter-2.json"), "");
    assert.deepEqual(await listStarted(link, never), [server]);
  });

  it("says what the program said where it ends at once, without its secrets", async () => {
    install("tensorboard", 'console.log("\\x1b[2Jopen http://127.0.0.1/?token=0123abcd"); process.exit(1)');
    await fails("start-failed", /open http:\/\/127\.0\.0\.1\/\?token=…/, start(), (error) => {
      assert.ok(!error.message.includes("0123abcd") && !error.message.includes("\x1b"));
      assert.match(render(error.advice), /launch-guard\/tensorboard-1\.log$/);
    });
    assert.deepEqual(records(), []);
  });

  it("says what to look at where the host starts nothing and gives no reason", async () => {
    const { run } = link;
    link = { ...link, run: (command, script, signal) => run(command, script.replace(/^launch$/m, ":"), signal) };
    await fails("cannot-look", /gpubox started nothing/, start(), (error) => {
      assert.doesNotMatch(render(error.advice), /[{}]/);
    });
  });

  it("says where it looked for a program that is not there", async () => {
    await fails(
      "not-installed",
      new RegExp(`mlflow is not on gpubox.*${folder.file("bin")}`),
      start({ kind: "mlflow" }),
    );
    await fails("not-installed", /^~\/env is not a program on gpubox\.$/, start({ program: "~/env" }));
    assert.ok(!existsSync(folder.file("state")), "nothing was written");
  });

  for (const program of ["~/env", "~/env/bin/mlflow"]) {
    it(`finds a program in the environment ${program}`, async () => {
      install("mlflow", "listen(options.port, options.host)", "env/bin");
      const { logFile } = await start({ kind: "mlflow", program });
      assert.match(readFileSync(logFile, "utf8"), /^server --host 127\.0\.0\.1 --port \d+$/m);
    });
  }

  it("finds a program in ~/.local/bin", async () => {
    install("mlflow", "listen(options.port, options.host)", ".local/bin");
    assert.ok((await start({ kind: "mlflow" })).running);
  });

  it("finds a program where the user's shell finds it in a terminal", async () => {
    env["SHELL"] = "/bin/bash";
    install("mlflow", "listen(options.port, options.host)", "conda/bin");
    writeFileSync(folder.file(".bash_profile"), ". ~/.bashrc\n");
    writeFileSync(
      folder.file(".bashrc"),
      `case $- in *i*) ;; *) return ;; esac\necho Welcome\nPATH=~/conda/bin:$PATH\n`,
    );
    assert.ok((await start({ kind: "mlflow" })).running);
  });

  it("stops what it started when it is given up", async () => {
    install("tensorboard", "setInterval(() => undefined, 1000)");
    mkdirSync(folder.file("state/launch-guard"), { recursive: true });
    const giveUp = new AbortController();
    const starting = start({}, giveUp.signal);
    const { pid } = await firstRecord(folder.file("state/launch-guard"));
    giveUp.abort();
    await fails("cancelled", /./, starting);
    assert.ok(!runs(pid));
    assert.deepEqual(records(), []);
  });

  it("says that the host ends processes at logout, where it does so to this user", async () => {
    const logind = (lines: string) => {
      writeFileSync(folder.file("bin/loginctl"), `#!/bin/sh\nprintf '${lines}'\n`, { mode: 0o755 });
    };
    const notes = async () => (await listStarted(link, never))[0]?.notes.map((note) => render(note)) ?? [];
    await start();
    assert.deepEqual(await notes(), []);
    logind("KillUserProcesses=yes\\nKillExcludeUsers=nobody\\n");
    assert.match((await notes()).join(), /KillUserProcesses=yes/);
    logind("KillUserProcesses=yes\\nKillExcludeUsers=nobody '$(id -un)'\\n");
    assert.deepEqual(await notes(), []);
    logind("KillUserProcesses=yes\\nKillOnlyUsers=nobody\\n");
    assert.deepEqual(await notes(), []);
  });

  it("refuses what cannot be started", async () => {
    await fails("bad-request", /folder ~\/missing on gpubox/, start({ folder: "~/missing" }));
    await fails("bad-request", /unix socket/, start({ kind: "mlflow", socket: true }));
    await fails("bad-request", /control characters/, start({ folder: "a\nb" }));
    await fails("no-such-server", /jupyter-9/, stopStarted(link, "jupyter-9", never));
  });
});

/** What the programs here have in common: `options`, and a server that answers every request. */
const server = `
const fs = require("node:fs");
const options = {};
const words = process.argv.slice(2);
for (const [index, word] of words.entries()) {
  const [name, value] = word.replace(/^--/, "").split("=");
  options[name] = value ?? words[index + 1];
}
console.log(words.join(" "));
console.log("cwd " + process.cwd());
console.log("umask " + process.umask().toString(8));
let answer = () => 200;
function listen(...where) {
  const serve = (request, response) => response.writeHead(answer(request.url)).end();
  require("node:http").createServer(serve).listen(...where);
}
`;

async function fails(
  code: TunnelErrorCode,
  said: RegExp,
  action: Promise<unknown>,
  also: (error: TunnelError) => void = () => undefined,
): Promise<void> {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof TunnelError);
    assert.equal(error.code, code);
    assert.match(error.message, said);
    also(error);
    return true;
  });
}

/** The first record that appears in the folder. */
async function firstRecord(folder: string): Promise<{ readonly pid: number; readonly port: number }> {
  for await (const _ of watch(folder)) {
    const name = readdirSync(folder).find((file) => file.endsWith(".json"));
    const record = name && readFileSync(join(folder, name), "utf8");
    if (record && /\}$/m.test(record)) return JSON.parse(record);
  }
  throw new Error("nothing was recorded");
}

function mode(file: string): number {
  return statSync(file).mode & 0o777;
}

/** Whether a process is there; one that has ended and that nobody collected is not. */
function runs(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
