import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { message, render } from "../../../src/core/message.ts";
import { discover } from "../../../src/tunnel/discovery/discover.ts";
import type { Discovery, RemoteServer } from "../../../src/tunnel/discovery/server.ts";
import { tokenOf } from "../../../src/tunnel/discovery/token.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Link } from "../../../src/tunnel/link.ts";
import { localLink } from "../launcher/local-link.ts";
import { missing } from "../remote/missing.ts";
import { scratch } from "../scratch.ts";
import { closed, fakes, jupyter, portOf, type Served, serve } from "./fakes.ts";
import { deadPid, type FarHost, farHost } from "./far-host.ts";
import { type Program, startProgram } from "./program.ts";

const never = new AbortController().signal;
const token = "0d5ba2c1e5f7secret";

describe("what runs on a host", function () {
  this.timeout(20_000);
  let host: FarHost;
  const open: { close(): Promise<void> | void }[] = [];

  beforeEach(() => {
    host = farHost(scratch());
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    host.scratch.remove();
  });

  async function serving(...[fake, where]: Parameters<typeof serve>): Promise<Served> {
    const served = await serve(fake, where);
    open.push(served);
    if (served.port > 0) host.ports.add(served.port);
    return served;
  }

  async function running(...given: Parameters<typeof startProgram>): Promise<Program> {
    const program = await startProgram(...given);
    open.push(program);
    host.ports.add(program.port);
    return program;
  }

  async function found(port: number, link: Link = host.link): Promise<RemoteServer | undefined> {
    return at(await discover(link, never), port);
  }

  it("is recognised by what it answers, and so is whether it asks for a login", async () => {
    const served = await Promise.all(fakes.map(({ fake }) => serving(fake)));
    const discovery = await discover(host.link, never);
    for (const [index, { what, kind, auth, version }] of fakes.entries()) {
      const port = served[index]?.port ?? 0;
      const server = at(discovery, port);
      assert.deepEqual(
        server && { kind: server.kind, auth: server.auth, version: server.version, name: server.name },
        { kind, auth, version, name: `${kind}-${port}` },
        what,
      );
      assert.deepEqual(
        [server?.own, server?.reach, server?.basePath, server?.pid],
        [true, "loopback", "/", process.pid],
      );
    }
  });

  it("is asked gently, and never with credentials", async () => {
    const { port, asked } = await serving({ "/": { body: "something else" } });
    host.jupyterFile(process.pid, { port, token });
    await discover(host.link, never);
    assert.ok(asked.length > 0 && asked.length < 25, String(asked.length));
    assert.equal(new Set(asked.map(({ url }) => url)).size, asked.length, "no path twice");
    assert.ok(asked.every(({ method, url }) => method === "GET" && !url?.includes(token)));
    assert.ok(asked.every(({ headers }) => !headers.authorization && !headers.cookie));
  });

  it("tells of a Jupyter what its runtime file says, and never its token", async () => {
    const { port } = await serving(jupyter({ base: "/ada/" }));
    host.jupyterFile(process.pid, { port, token, base_url: "/ada/", root_dir: "/home/ada/notes" });
    const server = await found(port);
    assert.ok(server);
    assert.deepEqual(
      [server.kind, server.basePath, server.folder, server.hasToken, server.own, server.pid, server.auth],
      ["jupyter", "/ada/", "/home/ada/notes", true, true, process.pid, "on"],
    );
    assert.ok(!host.printed.join("").includes(token), "the token stays on the host");
    assert.equal(await tokenOf(host.link, server, never), token);
  });

  it("keeps a token to itself that others can read or that is another server's", async () => {
    const { port } = await serving(jupyter());
    const file = host.jupyterFile(process.pid, { port, token });
    const server = await found(port);
    assert.ok(server);
    assert.equal(
      await tokenOf(host.link, { ...server, target: { kind: "tcp", host: "127.0.0.1", port: 1 } }, never),
      undefined,
    );
    chmodSync(file, 0o640);
    assert.equal((await found(port))?.hasToken, false);
    assert.equal(await tokenOf(host.link, server, never), undefined);
  });

  it("does not believe files of others", async () => {
    if (process.getuid?.() !== 0) return missing("root, to make files of another user");
    const { port } = await serving({ "/": { body: "anything" } });
    chownSync(host.jupyterFile(process.pid, { port, token }), 65534, 65534);
    chownSync(host.tensorboardFile(process.pid, { port, path_prefix: "", logdir: "runs" }), 65534, 65534);
    assert.equal(await found(port), undefined);
  });

  it("does not take another user's server for its own", async () => {
    if (process.getuid?.() !== 0) return missing("root, to run a server as another user");
    chmodSync(host.scratch.path, 0o711);
    const { port } = await running(host.scratch, jupyter(), ["python3", "jupyter-lab"], { uid: 65534 });
    host.jupyterFile(process.pid, { port, token });
    const server = await found(port);
    assert.deepEqual([server?.own, server?.hasToken, server?.folder], [false, false, undefined]);
  });

  it("leaves out what has ended and left its file", async () => {
    host.jupyterFile(deadPid(), { port: 9, token });
    host.jupyterFile(process.pid, { port: 9, token });
    host.tensorboardFile(deadPid(), { port: 9, path_prefix: "", logdir: "runs" });
    assert.deepEqual(
      (await discover(host.link, never)).servers.filter(({ target }) => isAt(target, 9)),
      [],
    );
  });

  it("names the node of a server that runs on another one", async () => {
    host.jupyterFile(deadPid(), { port: 8888, token, hostname: "0.0.0.0", url: "http://node17:8888/" });
    const server = await found(8888);
    assert.ok(server);
    assert.deepEqual(
      [server.node, server.name, server.target, server.reach, server.hasToken, server.auth],
      ["node17", "jupyter-node17-8888", { kind: "tcp", host: "node17", port: 8888 }, "network", true, "on"],
    );
    assert.equal(await tokenOf(host.link, server, never), token);
  });

  it("finds a Jupyter on a unix socket", async () => {
    const path = host.scratch.file("lab.sock");
    await serving(jupyter({ login: true }), { path });
    host.jupyterFile(process.pid, { port: 0, sock: path, token, hostname: "localhost" });
    const server = (await discover(host.link, never)).servers.find(({ target }) => target.kind === "unix");
    assert.ok(server);
    assert.deepEqual(
      [server.name, server.target, server.reach, server.auth],
      ["jupyter-lab.sock", { kind: "unix", path }, "socket", "on"],
    );
    assert.equal(await tokenOf(host.link, server, never), token);
  });

  it("finds a TensorBoard below its prefix", async () => {
    const environment = JSON.stringify({ version: "2.17.0", data_location: "runs", window_title: "" });
    const { port } = await serving({ "/tb/data/environment": { body: environment } });
    host.tensorboardFile(process.pid, { port, path_prefix: "/tb", logdir: "/home/ada/runs" });
    const server = await found(port);
    assert.deepEqual([server?.kind, server?.basePath, server?.folder], ["tensorboard", "/tb/", "/home/ada/runs"]);
  });

  it("finds a base path on the command line", async () => {
    const path = "/mlflow/ajax-api/2.0/mlflow/experiments/search";
    const fake = { "/mlflow/version": { body: "3.4.0" }, "/mlflow/health": { body: "OK" }, [path]: { body: "{}" } };
    const { port } = await running(host.scratch, fake, ["python3", "mlflow", "server", "--static-prefix", "/mlflow"]);
    const server = await found(port);
    assert.deepEqual([server?.kind, server?.basePath, server?.auth], ["mlflow", "/mlflow/", "none"]);
  });

  it("finds a base path by a redirect on the server itself, and follows no other", async () => {
    const { port } = await serving({ ...jupyter({ base: "/hub/ada/" }), "/": redirect("/hub/ada/") });
    const away = await serving({ "/": redirect(`http://127.0.0.1:${port}/hub/ada/`) });
    const discovery = await discover(host.link, never);
    assert.equal(at(discovery, port)?.basePath, "/hub/ada/");
    assert.equal(at(discovery, away.port), undefined);
  });

  it("finds a base path by a redirect that begins where it was asked", async () => {
    const identity = { body: '{"type":"Scheduler"}' };
    const { port } = await serving({ "/": redirect("ada/status"), "/ada/json/identity.json": identity });
    const server = await found(port);
    assert.deepEqual([server?.kind, server?.basePath], ["dask", "/ada/"]);
  });

  it("is asked no more where it takes its time with every answer", async () => {
    const slow = createHttpServer(({ url }, response) => {
      if (url === "/") response.end();
    });
    open.push({ close: () => closed(slow) });
    await once(slow.listen(0, "127.0.0.1"), "listening");
    host.ports.add(portOf(slow));
    let asked = 0;
    const counting: Link["open"] = async (target, signal) => {
      const stream = await host.link.open(target, signal);
      if (target.kind === "tcp") asked += 1;
      return stream;
    };
    await discover({ ...host.link, open: counting }, never);
    assert.ok(asked < 7, String(asked));
  });

  it("is found beside files that would hold up or fill the look", async () => {
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    host.tensorboardFile(deadPid(), { port: 9, path_prefix: "", logdir: "x".repeat(5 * 1024 * 1024) });
    execFileSync("mkfifo", ["-m", "600", host.scratch.file(".local/share/jupyter/runtime/jpserver-1.json")]);
    execFileSync("mkfifo", ["-m", "600", host.scratch.file(".tensorboard-info/pid-1.info")]);
    assert.equal((await found(port))?.hasToken, true);
    assert.ok(host.printed.join("").length < 4 * 1024 * 1024, "a link cuts off what is longer");
  });

  it("is found among all that servers left behind which were killed", async () => {
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    // Beyond what Linux counts processes to (PID_MAX_LIMIT).
    for (let pid = 5_000_000; pid < 5_001_200; pid += 1) host.jupyterFile(pid, { port: 9, token });
    assert.equal((await found(port))?.hasToken, true);
  });

  it("does not believe a runtime file whose address is none", async () => {
    host.jupyterFile(deadPid(), { port: 8888, token, hostname: "node17\u001b[2J" });
    assert.equal(await found(8888), undefined);
  });

  it("is on the network where its address is", async () => {
    const open = await serving(jupyter(), { host: "0.0.0.0", port: 0 });
    const both = await serving(jupyter(), { host: "::", port: 0 });
    const discovery = await discover(host.link, never);
    for (const { port } of [open, both]) {
      const server = at(discovery, port);
      assert.deepEqual([server?.reach, server?.target], ["network", { kind: "tcp", host: "127.0.0.1", port }]);
    }
  });

  it("lists what says nothing among the rest, without waiting for long", async () => {
    const mute = createServer(hold).listen(0, "127.0.0.1");
    open.push({ close: () => ended(mute) });
    await once(mute, "listening");
    const port = portOf(mute);
    host.ports.add(port);
    const discovery = await discover(host.link, never);
    assert.equal(at(discovery, port), undefined);
    assert.ok(discovery.others.some(({ target }) => isAt(target, port)));
  });

  it("makes harmless whatever a host can write", async () => {
    const { port } = await running(host.scratch, {}, ["x", "y"], { title: "\u202e\u001b]0;evil\u0007" });
    const other = await serving(jupyter({ version: "2\u001b[31m\n" }));
    host.jupyterFile(process.pid, { port: other.port, token, root_dir: "/home/\u001b[2J\u202e/\tx" });
    const discovery = await discover(host.link, never);
    const listener = discovery.others.find(({ target }) => isAt(target, port));
    assert.match(listener?.process ?? "", /evil/);
    const { folder = "", version = "" } = at(discovery, other.port) ?? {};
    assert.deepEqual([folder, version], ["/home/\u{fffd}[2J\u{fffd}/ x", "2\u{fffd}[31m "]);
    assert.doesNotMatch(listener?.process ?? "", /[\p{Cc}\u202e]/u);
    assert.equal(at(discovery, other.port)?.hasToken, true);
  });

  it("says when there is too much to ask", async () => {
    const many = await Promise.all(Array.from({ length: 66 }, () => serving({})));
    const discovery = await discover(host.link, never);
    assert.ok(discovery.limits.map((limit) => render(limit)).some((limit) => /only 64 of them were asked/.test(limit)));
    assert.ok(many.every(({ port }) => discovery.others.some(({ target }) => isAt(target, port))));
  });

  it("still lists what left a file where forwarding is forbidden", async () => {
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    const said = message("This host forbids forwarding.");
    const link: Link = { ...host.link, open: () => Promise.reject(new TunnelError("forwarding-forbidden", said)) };
    const discovery = await discover(link, never);
    assert.equal(at(discovery, port)?.auth, "on");
    assert.match(discovery.limits.map((limit) => render(limit)).join(), /forbids forwarding/);
  });

  it("is found by lsof where there is no /proc", async () => {
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    const server = await found(port, without(host.link, "/proc/"));
    assert.deepEqual([server?.kind, server?.own, server?.pid, server?.hasToken], ["jupyter", true, process.pid, true]);
  });

  it("says so where nothing tells what listens", async () => {
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    host.jupyterFile(deadPid(), { port, token });
    const discovery = await discover(without(without(host.link, "/proc/"), "lsof"), never);
    assert.deepEqual(
      discovery.servers.map(({ name, pid }) => [name, pid]),
      [[`jupyter-${port}`, process.pid]],
    );
    assert.match(discovery.limits.map((limit) => render(limit)).join(), /neither \/proc nor lsof/);
  });

  it("cannot be looked at where the host runs no commands", async () => {
    const run = () => Promise.resolve({ stdout: "", stderr: "No.", code: 1 });
    await assert.rejects(discover({ ...localLink({}), run }, never), { code: "cannot-look" });
  });

  it("stops when it is given up", async () => {
    const given = new AbortController();
    const { port } = await serving(jupyter());
    host.jupyterFile(process.pid, { port, token });
    const open: Link["open"] = (_target, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        given.abort();
      });
    await assert.rejects(discover({ ...host.link, open }, given.signal), { code: "cancelled" });
  });
});

function at({ servers }: Discovery, port: number): RemoteServer | undefined {
  return servers.find(({ target }) => isAt(target, port));
}

function isAt(target: RemoteServer["target"], port: number): boolean {
  return target.kind === "tcp" && target.port === port;
}

function redirect(location: string) {
  return { status: 302, headers: { location } };
}

/** The same host without a file or a program that a script would use. */
function without(link: Link, name: string): Link {
  return { ...link, run: (command, input, signal) => link.run(command, input.replaceAll(name, "missing-"), signal) };
}

const held = new Set<Socket>();

function hold(socket: Socket): void {
  held.add(socket);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => held.delete(socket));
}

async function ended(server: Server): Promise<void> {
  for (const socket of held) socket.destroy();
  server.close();
  await once(server, "close");
}
