import assert from "node:assert/strict";
import { openLog } from "../../../src/editor/log.ts";
import { attention } from "../../../src/editor/tunnels/attention.ts";
import type { Desk } from "../../../src/editor/tunnels/desk.ts";
import { reachThroughTunnel } from "../../../src/editor/tunnels/reach-through-tunnel.ts";
import type { Discovery, RemoteServer } from "../../../src/tunnel/discovery/server.ts";
import { editor } from "../../stub/editor.ts";
import { Range, Uri, WorkspaceEdit } from "../../stub/types.ts";
import { tunnelsOf } from "./some-tunnels.ts";

describe("reaching a server of a file through a tunnel", () => {
  beforeEach(() => {
    editor.messages = [];
    editor.isTrusted = true;
    editor.answer = undefined;
    editor.choose = () => undefined;
  });
  after(() => {
    editor.isTrusted = true;
    editor.choose = () => undefined;
  });

  it("asks by name before it connects to a host that a file names", async () => {
    const { desk, asked } = deskWith();
    assert.equal(await reachThroughTunnel(desk, { namedHost: "gpubox" }), "cancel");
    assert.deepEqual(editor.messages, ["Connect to gpubox? That name stands in a file of this workspace."]);
    assert.deepEqual(asked, [], "nobody said yes");
    editor.answer = "Connect to gpubox";
    await reachThroughTunnel(desk, { namedHost: "gpubox" });
    assert.deepEqual(asked, ["discover gpubox"]);
  });

  it("lets another host be chosen", async () => {
    const { desk, asked } = deskWith();
    editor.answer = "Choose Another Host";
    await reachThroughTunnel(desk, { namedHost: "gpubox" });
    assert.deepEqual(asked, ["hosts"]);
  });

  it("does not use what an untrusted workspace names", async () => {
    const { desk, asked } = deskWith();
    editor.isTrusted = false;
    editor.answer = "Connect to gpubox";
    await reachThroughTunnel(desk, { namedHost: "gpubox" });
    assert.deepEqual(editor.messages, []);
    assert.deepEqual(asked, ["hosts"]);
  });

  it("first keeps the server on loopback where the file says otherwise", async () => {
    const { desk } = deskWith();
    const edit = new WorkspaceEdit();
    edit.replace(new Uri("file", "/work/start.sh"), new Range(0, 0, 0, 7), "127.0.0.1");
    editor.edited = [];
    await reachThroughTunnel(desk, {}, edit);
    assert.deepEqual(editor.edited, ["/work/start.sh 0:0-0:7 127.0.0.1"]);
  });

  it("goes to the remote that the file lies on without asking", async () => {
    const { desk, asked } = deskWith();
    await reachThroughTunnel(desk, { remoteHost: "gpubox" });
    assert.deepEqual(asked, ["discover gpubox"]);
  });

  it("asks for a host where nothing is known, or nothing that makes sense", async () => {
    const { desk, asked } = deskWith();
    await reachThroughTunnel(desk, undefined);
    await reachThroughTunnel(desk, { namedHost: 7, port: "x" });
    assert.deepEqual(asked, ["hosts", "hosts"]);
  });

  it("offers the server at the port first, then others of its kind", async () => {
    const servers = [server("ray", 1), server("mlflow", 5001), server("ray", 8888), server("mlflow", 5000)];
    assert.deepEqual(await offered(servers, { tool: "mlflow", port: 5000 }), [5000, 5001, 1, 8888]);
    assert.deepEqual(await offered(servers, { port: 8888 }), [8888, 1, 5001, 5000]);
  });

  it("offers the port itself where nothing listens yet", async () => {
    assert.deepEqual(await offered([server("ray", 1)], { port: 9999 }), [9999, 1]);
  });
});

/** The ports of the list of servers, from the top. */
async function offered(servers: readonly RemoteServer[], wish: object): Promise<number[]> {
  let ports: number[] = [];
  editor.choose = (items) => {
    ports = items
      .flatMap(({ label, description = "" }) => /127\.0\.0\.1:(\d+)/.exec(`${label} ${description}`)?.[1] ?? [])
      .map(Number);
    return undefined;
  };
  await reachThroughTunnel(deskWith(servers).desk, { remoteHost: "gpubox", ...wish });
  return ports;
}

function server(kind: RemoteServer["kind"], port: number): RemoteServer {
  const target = { kind: "tcp", host: "127.0.0.1", port } as const;
  const facts = { own: true, reach: "loopback", auth: "none", hasToken: false } as const;
  return { kind, name: `${kind}-${port}`, target, basePath: "/", ...facts };
}

/** A desk on which nothing is opened; `asked` is what the SSH half was asked. */
function deskWith(servers: readonly RemoteServer[] = []) {
  const asked: string[] = [];
  const found: Discovery = { machine: { hostname: "gpubox", id: "1" }, servers, others: [], limits: [] };
  const service = {
    async hosts() {
      asked.push("hosts");
      return { hosts: [], problems: [] };
    },
    async discover({ host }: { host: string }) {
      asked.push(`discover ${host}`);
      return found;
    },
  };
  // As much of the service as is asked before something is opened.
  const { tunnels } = tunnelsOf([], { service: service as unknown as Desk["tunnels"]["service"] });
  const desk: Desk = { tunnels, attention: attention(), log: openLog(), opened: async () => undefined };
  return { desk, asked };
}
