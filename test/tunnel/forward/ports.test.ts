import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { bindPort, reaches } from "../../../src/tunnel/forward/ports.ts";
import { freePort } from "../sshd.ts";
import { portOf } from "./services.ts";

describe("the choice of a local port", () => {
  const servers: Server[] = [];
  const server = () => {
    const made = createServer();
    servers.push(made);
    return made;
  };
  const busy = async () => {
    const other = server();
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    return portOf(other);
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((open) => new Promise((resolve) => open.close(resolve))));
  });

  it("takes the wished one where it is free", async () => {
    const port = await freePort();
    assert.deepEqual(await bindPort(server(), { preferred: [port] }), { port });
  });

  it("takes the second wish, or the next number, and says which it wanted", async () => {
    const taken = await busy();
    const second = await freePort();
    assert.deepEqual(await bindPort(server(), { preferred: [taken, second] }), { port: second, portWanted: taken });
    const next = await bindPort(server(), { preferred: [taken] });
    assert.ok(next.port > taken && next.port <= taken + 20, `${next.port} after ${taken}`);
    assert.equal(next.portWanted, taken);
  });

  it("takes any port where none is wished", async () => {
    const { port, portWanted } = await bindPort(server(), { preferred: [] });
    assert.ok(port >= 1024);
    assert.equal(portWanted, undefined);
  });

  it("never takes a privileged one of its own accord", async () => {
    const { port } = await bindPort(server(), { preferred: [81] });
    assert.ok(port >= 8081 && port < 8102);
  });

  it("fails where the one that must be is busy, and leaves the server closed", async () => {
    const port = await busy();
    const closed = server();
    await assert.rejects(bindPort(closed, { fixed: port }), { code: "port-busy" });
    assert.equal(closed.listening, false);
  });

  it("sees that another program gets what is meant for us, without a byte to that program", async () => {
    const other = server();
    let bytes = 0;
    other.on("connection", (socket) => {
      socket.on("error", () => undefined).on("data", (data) => (bytes += data.length));
      socket.on("end", () => socket.end());
    });
    const port = await listening(other);
    const ours = server();
    const own = await listening(ours);
    assert.equal(await reaches(ours, own), true);
    const met = once(other, "connection");
    assert.equal(await reaches(ours, port, 50), false);
    await met;
    assert.equal(bytes, 0);
  });

  async function listening(open: Server): Promise<number> {
    open.listen(0, "127.0.0.1");
    await once(open, "listening");
    return portOf(open);
  }
});
