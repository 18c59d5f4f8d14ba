import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { openConnections } from "../../../src/tunnel/connection/connections.ts";
import { openOwnership } from "../../../src/tunnel/owner/ownership.ts";
import type { OpenRequest } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { tunnelMaker } from "../../../src/tunnel/tunnel/make.ts";
import { rememberedPorts } from "../../../src/tunnel/tunnel/remembered-ports.ts";
import { openTunnels, type Tunnels } from "../../../src/tunnel/tunnel/tunnels.ts";
import { type Scratch, scratch } from "../scratch.ts";
import { freePort } from "../sshd.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";
import { failure, fakeHost, fakeLink } from "./fake-link.ts";

const never = new AbortController().signal;
const request: OpenRequest = {
  id: "notebook",
  host: "gpubox",
  target: { kind: "unix", path: "/run/user/1000/jupyter.sock" },
  kind: "jupyter",
};

/** What one window of the user has. */
type Window = { readonly tunnels: Tunnels; readonly shown: TunnelStatus[]; failing: boolean; close(): Promise<void> };

describe("tunnels and the windows of one user", () => {
  let folder: Scratch;
  let clock: FakeClock;
  let windows: Window[];

  beforeEach(() => {
    folder = scratch();
    clock = fakeClock();
    windows = [];
  });

  afterEach(async () => {
    await Promise.all(windows.map((window) => window.close()));
    assert.equal(clock.waiting, 0);
    folder.remove();
  });

  function newWindow(): Window {
    const log = () => undefined;
    const shown: TunnelStatus[] = [];
    const connections = openConnections({
      resolve: async (name) => fakeHost(name),
      connector: () => async (host) => {
        if (window.failing) throw failure("auth-refused");
        return fakeLink(host);
      },
      clock,
    });
    const tunnels = openTunnels({
      ownership: openOwnership({ stateFolder: folder.path }, log),
      make: tunnelMaker({
        ...{ connections, clock, log },
        machineOf: async () => ({ hostname: "node1", id: "one" }),
        ports: rememberedPorts(folder.file("ports.json"), log),
        reconnects: true,
      }),
      publish: (status) => shown.push(status),
      log,
    });
    const close = async () => {
      await tunnels.close();
      await connections.close();
    };
    const window = { tunnels, shown, failing: false, close };
    windows.push(window);
    return window;
  }

  it("keep the port that a tunnel had", async () => {
    const first = newWindow();
    const { localPort } = await first.tunnels.open(request, never);
    await first.close();
    const { localPort: again, portWanted } = await newWindow().tunnels.open(request, never);
    assert.equal(again, localPort);
    assert.equal(portWanted, undefined);
    assert.equal(statSync(folder.file("ports.json")).mode & 0o777, 0o600);
  });

  it("begin anew with the ports where that file is damaged", async () => {
    writeFileSync(folder.file("ports.json"), '[["notebook", 99999]]');
    const { localPort } = await newWindow().tunnels.open(request, never);
    assert.deepEqual(JSON.parse(readFileSync(folder.file("ports.json"), "utf8")), [["notebook", localPort]]);
  });

  it("take the port that is asked for, or none", async () => {
    const { tunnels } = newWindow();
    const localPort = await freePort();
    assert.equal((await tunnels.open({ ...request, localPort }, never)).localPort, localPort);
    await assert.rejects(tunnels.open({ ...request, id: "other", localPort }, never), { code: "port-busy" });
    assert.deepEqual(
      tunnels.all().map(({ id }) => id),
      ["notebook"],
    );
  });

  it("are one for everyone who opens the same", async () => {
    const { tunnels } = newWindow();
    const [one, two] = await Promise.all([tunnels.open(request, never), tunnels.open(request, never)]);
    assert.equal(one.localPort, two.localPort);
    assert.equal((await tunnels.open(request, never)).localPort, one.localPort);
    assert.equal(tunnels.all().length, 1);
  });

  it("lead elsewhere when the same one is opened to something else", async () => {
    const { tunnels } = newWindow();
    await tunnels.open(request, never);
    const moved = await tunnels.open({ ...request, target: { kind: "unix", path: "/tmp/other.sock" } }, never);
    assert.deepEqual(moved.target, { kind: "unix", path: "/tmp/other.sock" });
    assert.equal(tunnels.all().length, 1);
  });

  it("of another window are shown and used, and taken over on their port when it closes", async () => {
    const owner = newWindow();
    const other = newWindow();
    const { localPort } = await owner.tunnels.open(request, never);
    const seen = await other.tunnels.open(request, never);
    assert.equal(seen.elsewhere, true);
    assert.equal(seen.localPort, localPort);

    await owner.close();
    while (!other.shown.some(({ elsewhere, state }) => !elsewhere && state.state === "up")) await tick();
    assert.deepEqual(
      other.tunnels.all().map(({ localPort, elsewhere }) => ({ localPort, elsewhere })),
      [{ localPort, elsewhere: false }],
    );
    await accepts(localPort);
  });

  it("of another window are listed where nobody asked for them, and go with it", async () => {
    const owner = newWindow();
    const other = newWindow();
    await owner.tunnels.open(request, never);
    while (other.tunnels.all().length === 0) await tick();
    assert.equal(other.shown.at(-1)?.elsewhere, true);
    assert.equal(newWindow().tunnels.all()[0]?.elsewhere, true, "also in a window that comes later");
    await assert.rejects(other.tunnels.stop({ id: "notebook" }, never), { code: "bad-request" });

    await owner.tunnels.stop({ id: "notebook" }, never);
    while (other.tunnels.all().length > 0) await tick();
    assert.equal(other.shown.at(-1)?.state.state, "stopped");
  });

  it("are free for others again when they cannot be opened", async () => {
    const first = newWindow();
    first.failing = true;
    await assert.rejects(first.tunnels.open(request, never), { code: "auth-refused" });
    assert.deepEqual(first.tunnels.all(), []);
    assert.equal((await newWindow().tunnels.open(request, never)).elsewhere, false);
  });

  it("can be stopped while they are being opened", async () => {
    const { tunnels, shown } = newWindow();
    const opening = assert.rejects(tunnels.open(request, never), { code: "cancelled" });
    await tunnels.stop({ id: "notebook" }, never);
    await opening;
    assert.equal(shown.at(-1)?.state.state, "stopped");
  });

  it("are not taken for another window's while they are being stopped", async () => {
    const { tunnels, shown } = newWindow();
    await tunnels.open(request, never);
    const stopping = tunnels.stop({ id: "notebook" }, never);
    // Its lock file is there at once, and reconnecting looks at them all.
    const opening = newWindow().tunnels.open({ ...request, id: "other" }, never);
    await assert.rejects(tunnels.reconnect({ id: "none" }, never));
    const again = tunnels.open(request, never);
    await Promise.all([stopping, opening]);
    assert.equal((await again).elsewhere, false);
    assert.deepEqual(
      shown.filter(({ id, elsewhere }) => id === "notebook" && elsewhere),
      [],
    );
  });

  it("leave no lock behind", async () => {
    const { tunnels, close } = newWindow();
    await tunnels.open(request, never);
    await close();
    assert.ok(existsSync(folder.path));
    assert.deepEqual(newWindow().tunnels.all(), []);
  });

  it("that nobody has opened cannot be stopped or connected again", async () => {
    const { tunnels } = newWindow();
    await assert.rejects(tunnels.stop({ id: "none" }, never), { message: "There is no tunnel none." });
    await assert.rejects(tunnels.reconnect({ id: "none" }, never), { message: "There is no tunnel none." });
  });
});

/** Files and sockets have had their turn. */
function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function accepts(port: number): Promise<void> {
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.destroy();
}
