import assert from "node:assert/strict";
import { type Connections, openConnections } from "../../../src/tunnel/connection/connections.ts";
import type { Machine } from "../../../src/tunnel/discovery/server.ts";
import type { TunnelErrorCode } from "../../../src/tunnel/error.ts";
import type { OpenRequest } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import { machineCheck } from "../../../src/tunnel/tunnel/machine-check.ts";
import { openTunnel, type Tunnel } from "../../../src/tunnel/tunnel/tunnel.ts";
import { type FakeClock, fakeClock, turn } from "./fake-clock.ts";
import { type FakeForwarder, fakeForwarder } from "./fake-forwarder.ts";
import { type FakeLink, failure, fakeHost, fakeLink } from "./fake-link.ts";

const never = new AbortController().signal;
const request: OpenRequest = {
  id: "notebook",
  host: "gpubox",
  target: { kind: "tcp", host: "127.0.0.1", port: 8888 },
};

describe("a tunnel", () => {
  let clock: FakeClock;
  let connections: Connections;
  let links: FakeLink[];
  let forwarder: FakeForwarder;
  let tunnel: Tunnel | undefined;
  let shown: TunnelStatus[];
  /** Why the next attempts to connect fail; a link where there is nothing. */
  let failures: TunnelErrorCode[];
  let machine: Machine;

  beforeEach(() => {
    clock = fakeClock();
    [links, shown, failures, tunnel] = [[], [], [], undefined];
    machine = { hostname: "node1", id: "one" };
    connections = openConnections({
      resolve: async (name) => fakeHost(name),
      connector: () => async (host) => {
        const code = failures.shift();
        if (code) throw failure(code);
        const link = fakeLink(host);
        links.push(link);
        return link;
      },
      clock,
    });
  });

  afterEach(async () => {
    await tunnel?.stop();
    await connections.close();
    await turn();
    assert.equal(clock.waiting, 0, "nobody waits any more");
    assert.ok(forwarder.closed);
  });

  async function open(
    more: Partial<OpenRequest> = { kind: "jupyter" },
    { reconnects = true, signal = never } = {},
  ): Promise<Tunnel> {
    const wanted = { ...request, ...more };
    tunnel = await openTunnel(
      wanted,
      {
        ...{ clock, reconnects },
        log: () => undefined,
        async listen(stream) {
          forwarder = fakeForwarder(stream);
          return forwarder;
        },
        hold: (held) => connections.hold(wanted, held),
        checkMachine: machineCheck(
          wanted.target,
          wanted.machine,
          async () => machine,
          () => undefined,
        ),
        publish: (status) => shown.push(status),
      },
      signal,
    );
    return tunnel;
  }

  function link(): FakeLink {
    const last = links.at(-1);
    assert.ok(last, "there is a link");
    return last;
  }

  function state(): string {
    const { state } = tunnel?.status() ?? assert.fail("there is a tunnel");
    return "because" in state ? `${state.state}: ${state.because.code}` : state.state;
  }

  it("is up when the service answers", async () => {
    await open();
    assert.equal(state(), "up");
    assert.deepEqual(
      shown.map((status) => status.state.state),
      ["connecting", "up"],
    );
    assert.equal(shown[1]?.upSince, clock.now());
    assert.equal(forwarder.paused, false);
    assert.match(link().streams[0]?.sent ?? "", /^GET \/api HTTP\/1\.1\r\nHost: localhost\r\n/);
  });

  it("is checking, and says why, where nothing listens yet; up when it does", async () => {
    const opening = open();
    await turn();
    link().service = "nothing-listens";
    await opening;
    await clock.advance(5_000);
    assert.equal(state(), "checking: nothing-listens");
    await clock.advance(60_000);
    assert.equal(state(), "checking: nothing-listens");
    link().service = "answers";
    await clock.advance(5_000);
    assert.equal(state(), "up");
  });

  it("is checking where something listens and keeps silent", async () => {
    await open();
    link().service = "silent";
    await clock.advance(9_000);
    assert.equal(state(), "checking: service-silent");
    link().service = "answers";
    await clock.advance(6_000);
    assert.equal(state(), "up");
  });

  it("shows a cut within 10 s and drops nothing, whenever in its rhythm it comes", async () => {
    for (const before of [0, 1_000, 4_900, 5_000, 5_100]) {
      const opened = await open();
      await clock.advance(before);
      link().cut = true;
      await clock.advance(9_999);
      assert.equal(state(), "checking: timed-out");
      assert.equal(forwarder.drops, 0);
      link().cut = false;
      await clock.advance(9_999);
      assert.equal(state(), "up");
      assert.equal(forwarder.drops, 0);
      await opened.stop();
    }
  });

  it("stays up while a full line delays the answer", async () => {
    await open();
    link().cut = true;
    for (let second = 0; second < 30; second++) {
      forwarder.lastActivity = clock.now();
      await clock.advance(1_000);
      assert.equal(state(), "up");
    }
    await clock.advance(9_000);
    assert.equal(state(), "checking: timed-out");
  });

  it("looks at once when a local program meets no answer", async () => {
    await open();
    await clock.advance(1_000);
    link().service = "nothing-listens";
    await assert.rejects(forwarder.open(never), { code: "nothing-listens" });
    await turn();
    assert.equal(state(), "checking: nothing-listens");
  });

  it("connects again when the link is lost, ends the open connections and keeps the port", async () => {
    await open();
    const [first] = links;
    failures = ["unreachable", "timed-out", "unreachable"];
    first?.lose();
    await turn();
    assert.equal(state(), "reconnecting: connection-lost");
    assert.equal(forwarder.drops, 1);
    assert.ok(forwarder.paused && !forwarder.closed);
    await clock.advance(500);
    assert.equal(state(), "reconnecting: unreachable");
    const { state: now } = tunnel?.status() ?? {};
    assert.ok(now?.state === "reconnecting" && now.attempt === 2 && now.nextAt === clock.now() + 1_000);
    await clock.advance(10_000);
    assert.equal(state(), "up");
    assert.equal(links.length, 2);
    assert.equal(forwarder.paused, false);
  });

  it("connects again after a sleep that the link did not survive", async () => {
    await open();
    link().cut = true;
    clock.sleep(8 * 3_600_000);
    await clock.advance(3_000);
    assert.equal(state(), "up");
    assert.equal(links.length, 2);
  });

  for (const code of ["host-key-changed", "auth-refused", "answer-needed", "passphrase-wrong"] as const) {
    it(`stops trying after ${code}, says so, and keeps the port until it is stopped`, async () => {
      await open();
      failures = ["unreachable", code];
      link().lose();
      await clock.advance(120_000);
      assert.equal(state(), `failed: ${code}`);
      assert.equal(links.length, 1);
      assert.ok(!forwarder.closed);
      await tunnel?.reconnect(never);
      assert.equal(state(), "up");
    });
  }

  it("says that forwarding is forbidden", async () => {
    await open();
    link().service = "forwarding-forbidden";
    await clock.advance(5_000);
    assert.equal(state(), "failed: forwarding-forbidden");
  });

  it("does not connect again by itself where that is not wanted", async () => {
    await open({}, { reconnects: false });
    link().lose();
    await clock.advance(120_000);
    assert.equal(state(), "failed: connection-lost");
    assert.equal(links.length, 1);
  });

  it("does not wait when a person says reconnect", async () => {
    await open();
    failures = Array.from({ length: 6 }, () => "unreachable");
    link().lose();
    await clock.advance(10_000);
    failures = [];
    const before = clock.now();
    await tunnel?.reconnect(never);
    assert.equal(state(), "up");
    assert.equal(clock.now(), before);
  });

  it("replaces a dead link when a person says reconnect, and keeps a living one", async () => {
    await open();
    await tunnel?.reconnect(never);
    assert.equal(links.length, 1);
    assert.equal(forwarder.drops, 1, "its own connections begin anew");
    link().cut = true;
    await tunnel?.reconnect(never);
    assert.equal(links.length, 2);
    assert.equal(state(), "up");
  });

  it("tells the person who said reconnect why it does not work, and goes on trying", async () => {
    await open();
    failures = ["unreachable", "unreachable", "unreachable"];
    link().lose();
    await clock.advance(600);
    await assert.rejects(tunnel?.reconnect(never) ?? assert.fail(), { code: "unreachable" });
    assert.equal(state(), "reconnecting: unreachable");
    await clock.advance(60_000);
    assert.equal(state(), "up");
  });

  it("refuses another node than the one that the server was found on", async () => {
    machine = { hostname: "node2", id: "two" };
    await assert.rejects(open({ machine: { hostname: "node1", id: "one" } }), {
      code: "other-node",
      message: "gpubox led to node2, but the server runs on node1.",
    });
    assert.equal(shown.at(-1)?.state.state, "failed");
  });

  it("notices when it comes back to another node than before", async () => {
    await open();
    machine = { hostname: "node2", id: "two" };
    link().lose();
    await clock.advance(1_000);
    assert.equal(state(), "failed: other-node");
  });

  it("does not mind the node where the target has an address of its own", async () => {
    await open({ target: { kind: "tcp", host: "compute7", port: 8888 } });
    machine = { hostname: "node2", id: "two" };
    link().lose();
    await clock.advance(1_000);
    assert.equal(state(), "up");
  });

  it("leaves nothing behind where it cannot be opened", async () => {
    failures = ["auth-refused"];
    await assert.rejects(open(), { code: "auth-refused" });
    assert.ok(forwarder.closed);
    assert.equal(shown.at(-1)?.state.state, "failed");
  });

  it("leaves nothing behind where it is given up", async () => {
    const given = new AbortController();
    const opening = open({}, { signal: given.signal });
    given.abort();
    await assert.rejects(opening, { code: "cancelled" });
    assert.ok(forwarder.closed);
    assert.equal(shown.at(-1)?.state.state, "stopped");
  });

  it("can be stopped while it connects again", async () => {
    await open();
    failures = ["unreachable"];
    link().lose();
    await clock.advance(600);
    await tunnel?.stop();
    assert.equal(state(), "stopped");
    await clock.advance(120_000);
    assert.equal(state(), "stopped");
  });

  it("shows its bytes as they come, without a change of state", async () => {
    await open();
    forwarder.bytes = { down: 1_000, up: 10 };
    await clock.advance(5_000);
    assert.deepEqual(shown.at(-1)?.bytes, { down: 1_000, up: 10 });
    const count = shown.length;
    await clock.advance(60_000);
    assert.equal(shown.length, count, "nothing new to show");
  });

  it("asks for a stream only, and sends nothing, where the service is not known to speak HTTP", async () => {
    await open({});
    assert.equal(state(), "up");
    assert.deepEqual(
      link().streams.map(({ sent }) => sent),
      [""],
    );
  });
});
