import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import { message } from "../../../src/core/message.ts";
import { attention } from "../../../src/editor/tunnels/attention.ts";
import type { Desk } from "../../../src/editor/tunnels/desk.ts";
import { offerJupyterServers } from "../../../src/editor/tunnels/jupyter.ts";
import type { SavedTunnel } from "../../../src/editor/tunnels/saved-tunnel.ts";
import { openStore } from "../../../src/editor/tunnels/store.ts";
import { startTunnels } from "../../../src/editor/tunnels/tunnels.ts";
import type { RemoteServer } from "../../../src/tunnel/discovery/server.ts";
import { cancelled, TunnelError } from "../../../src/tunnel/error.ts";
import type { OpenRequest, TunnelService } from "../../../src/tunnel/service.ts";
import type { TunnelStatus } from "../../../src/tunnel/status.ts";
import type { PlayedJupyter } from "../jupyter/extension.ts";
import { closeAll } from "./workspace.ts";

const server: RemoteServer = {
  kind: "jupyter",
  name: "jupyter-8888",
  target: { kind: "tcp", host: "127.0.0.1", port: 8888 },
  basePath: "/lab/",
  own: true,
  reach: "loopback",
  auth: "on",
  hasToken: true,
};
const never = new vscode.CancellationTokenSource().token;

/** Jupyter's kernel picker asks; the far side of the tunnels is played too. In a local window, as `isRemote` says. */
describe("the servers in Jupyter's kernel picker", () => {
  let far: ReturnType<typeof playedFar>;
  let parts: vscode.Disposable[];
  beforeEach(async () => {
    far = playedFar();
    parts = [offerJupyterServers(far.desk, false), far.desk.tunnels];
    await vscode.workspace.openNotebookDocument("jupyter-notebook", new vscode.NotebookData([]));
    while ((await collections()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  afterEach(async () => {
    vscode.Disposable.from(...parts).dispose();
    await closeAll();
    assert.deepEqual(await collections(), []);
  });

  it("are listed while nothing is open, without an address, and named by what never changes", async () => {
    const [collection] = await collections();
    assert.equal(collection?.id, "launchGuard.tunnels");
    assert.deepEqual(await listed(), []);
    await far.save({ id: "stable", name: "lab" });
    await far.save({ id: "other", name: "runs", kind: "mlflow" });
    assert.deepEqual(await listed(), [{ id: "stable", label: "lab" }]);
    await far.desk.tunnels.rename("stable", "my lab");
    assert.deepEqual(await listed(), [{ id: "stable", label: "my lab" }]);
    assert.deepEqual(far.opened, []);
  });

  it("are told to Jupyter as they change", async () => {
    const [collection] = await collections();
    let changes = 0;
    const listener = collection?.serverProvider.onDidChangeServers?.(() => changes++);
    await far.save({ id: "stable", name: "lab" });
    listener?.dispose();
    assert.ok(changes > 0);
  });

  it("open their tunnel when they are chosen, and bring the token in both places", async () => {
    await far.save({ id: "stable", name: "lab" });
    const { id, connectionInformation } = await resolved("stable");
    assert.equal(id, "stable");
    assert.deepEqual(far.opened, ["stable"]);
    assert.equal(connectionInformation?.baseUrl.toString(), "http://127.0.0.1:18888/lab/");
    assert.equal(connectionInformation?.token, "the token");
    assert.deepEqual(connectionInformation?.headers, { Authorization: "token the token" });
  });

  it("say in words what kept a tunnel from opening", async () => {
    await far.save({ id: "stable", name: "lab" });
    far.set({ fails: new TunnelError("unreachable", message("Cannot reach gpubox.")) });
    await assert.rejects(resolved("stable"), /Cannot reach gpubox\. Check the network/);
    await assert.rejects(resolved("forgotten"), /was forgotten/);
  });

  it("are given up without a word when their user cancels", async () => {
    await far.save({ id: "stable", name: "lab" });
    far.set({ hangs: true });
    const source = new vscode.CancellationTokenSource();
    const opening = far.nextCall();
    const answer = resolved("stable", source.token);
    await opening;
    source.cancel();
    await assert.rejects(answer, vscode.CancellationError);
  });

  it("can be reached anew: a host is connected to, and going back or away is told apart", async () => {
    assert.deepEqual(
      (await provided()).map(({ label }) => label),
      ["Connect to a host…", "Start Jupyter on a host…"],
    );
    const hosts = far.nextCall();
    const given = handle("Connect to a host…");
    await hosts;
    const servers = far.nextCall();
    await acceptUntil(servers);
    await acceptUntil(given);
    const made = await given;
    assert.equal(made?.label, "Jupyter on gpubox");
    assert.deepEqual(await listed(), [{ id: made?.id, label: "Jupyter on gpubox" }]);
    assert.deepEqual(far.shown, [], "no browser opens beside the notebook");

    const leaving = far.nextCall();
    const left = handle("Connect to a host…");
    await leaving;
    await vscode.commands.executeCommand("workbench.action.quickInputBack");
    assert.equal(await left, undefined);

    const dropping = far.nextCall();
    const dropped = handle("Start Jupyter on a host…");
    await dropping;
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await assert.rejects(async () => dropped, vscode.CancellationError);
  });

  /** Enter does nothing before the list is there, and nothing tells us when it is: so it is pressed until it has. */
  async function acceptUntil(done: Promise<unknown>): Promise<void> {
    let isDone = false;
    void done.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      await wait(20);
    }
  }

  async function listed() {
    const [collection] = await collections();
    return collection?.serverProvider.provideJupyterServers(never);
  }

  async function resolved(id: string, token = never) {
    const [collection] = await collections();
    const answer = await collection?.serverProvider.resolveJupyterServer({ id, label: "" }, token);
    assert.ok(answer);
    return answer;
  }

  async function provided() {
    const [collection] = await collections();
    return (await collection?.commandProvider?.provideCommands(undefined, never)) ?? [];
  }

  async function handle(label: string) {
    const [collection] = await collections();
    return collection?.commandProvider?.handleCommand({ label }, never);
  }
});

async function collections() {
  const jupyter = await vscode.extensions.getExtension<PlayedJupyter>("ms-toolsai.jupyter")?.activate();
  assert.ok(jupyter);
  return jupyter.collections;
}

const tunnel: SavedTunnel = {
  id: "stable",
  name: "lab",
  host: "gpubox",
  kind: "jupyter",
  target: server.target,
  basePath: server.basePath,
  server: server.name,
};

/** A desk whose far side is one host with one Jupyter; `save` is what its user did earlier. */
function playedFar() {
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string, otherwise: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  // A memento of this test's own, so that nothing is kept in the editor.
  const store = openStore(memento as unknown as vscode.Memento);
  const called = new vscode.EventEmitter<void>();
  const far = {
    opened: [] as string[],
    shown: [] as string[],
    fails: undefined as TunnelError | undefined,
    hangs: false,
    /** Settles after the next call, when what follows it is on the screen. */
    nextCall: () => new Promise<void>((resolve) => called.event(() => setTimeout(resolve, 0))),
    async save(given: Partial<SavedTunnel>) {
      await store.save({ ...tunnel, ...given });
      await desk.tunnels.look();
    },
  };
  const service = {
    async hosts() {
      called.fire();
      return { hosts: [{ name: "gpubox" }], problems: [] };
    },
    async discover() {
      called.fire();
      return { machine: { hostname: "gpubox", id: "1" }, servers: [server], others: [], limits: [] };
    },
    async open({ id, host, target, basePath = "/" }: OpenRequest, signal: AbortSignal): Promise<TunnelStatus> {
      far.opened.push(id);
      called.fire();
      if (far.fails) throw far.fails;
      if (far.hangs) await new Promise((_, reject) => signal.addEventListener("abort", () => reject(cancelled())));
      const bytes = { down: 0, up: 0 };
      const place = { id, host, target, basePath, localPort: 18_888 };
      return { ...place, state: { state: "up" }, bytes, guarded: false, elsewhere: false };
    },
    tunnels: async () => [],
    token: async () => "the token",
    close: async () => undefined,
  };
  const desk: Desk = {
    // The rest of the service is not asked for here.
    tunnels: startTunnels(store, () => service as unknown as TunnelService),
    attention: attention(),
    log: vscode.window.createOutputChannel("played far side", { log: true }),
    opened: async ({ saved }) => void far.shown.push(saved.name),
  };
  return { ...far, desk, set: (given: Pick<Partial<typeof far>, "fails" | "hangs">) => void Object.assign(far, given) };
}
