import * as vscode from "vscode";
import type { TunnelService } from "../../tunnel/service.ts";
import type { TunnelStatus } from "../../tunnel/status.ts";
import type { SavedTunnel } from "./saved-tunnel.ts";
import type { Store } from "./store.ts";

/** A tunnel in the view: always what was saved, and its status once it was opened. */
export type ShownTunnel = { readonly saved: SavedTunnel; readonly status?: TunnelStatus };

/** The tunnels of this window: what is saved, what is open, and the service behind them. */
export type Tunnels = vscode.Disposable & {
  all(): readonly ShownTunnel[];
  find(id: string): ShownTunnel | undefined;
  /** After a tunnel was saved, forgotten or renamed, or its status changed. */
  readonly onDidChange: vscode.Event<void>;
  /** When a tunnel gets another state: what a person may want to be told. */
  readonly onDidChangeState: vscode.Event<ShownTunnel>;
  readonly service: TunnelService;
  /** Finds out what other windows have saved, opened and closed meanwhile. Does nothing before a tunnel is saved. */
  look(): Promise<void>;
  /** Saves it where it is new, and opens it. Shows nothing; rejects with a `TunnelError`. */
  open(saved: SavedTunnel, signal: AbortSignal): Promise<TunnelStatus>;
  reconnect(id: string, signal: AbortSignal): Promise<TunnelStatus>;
  stop(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Stops it and keeps nothing of it. */
  forget(id: string): Promise<void>;
};

/** `makeService` is given where each status goes. */
export function startTunnels(
  store: Store,
  makeService: (onTunnel: (status: TunnelStatus) => void) => TunnelService,
): Tunnels {
  const statuses = new Map<string, TunnelStatus>();
  const changed = new vscode.EventEmitter<void>();
  const stateChanged = new vscode.EventEmitter<ShownTunnel>();
  const service = makeService(show);
  const never = new AbortController().signal;

  function shown(saved: SavedTunnel): ShownTunnel {
    const status = statuses.get(saved.id);
    return status ? { saved, status } : { saved };
  }

  function find(id: string): ShownTunnel | undefined {
    const saved = store.all().find((each) => each.id === id);
    return saved && shown(saved);
  }

  function show(status: TunnelStatus): void {
    const before = statuses.get(status.id)?.state.state;
    statuses.set(status.id, status);
    changed.fire();
    const tunnel = find(status.id);
    if (tunnel && before !== status.state.state) stateChanged.fire(tunnel);
  }

  async function opened(answer: Promise<TunnelStatus>): Promise<TunnelStatus> {
    const status = await answer;
    show(status);
    return status;
  }

  async function stop(id: string): Promise<void> {
    const status = statuses.get(id);
    if (!status) return;
    // One that its window has closed is nobody's any more.
    if (status.state.state !== "stopped") await service.stop({ id }, never);
    statuses.delete(id);
    changed.fire();
  }

  return {
    all: () => store.all().map(shown),
    find,
    onDidChange: changed.event,
    onDidChangeState: stateChanged.event,
    service,
    async look() {
      if (store.all().length === 0) return;
      changed.fire();
      for (const status of await service.tunnels({}, never)) show(status);
    },
    async open(saved, signal) {
      await store.save(saved);
      changed.fire();
      const { id, host, engine, target, kind, basePath, machine } = saved;
      const chosen = { ...(engine && { engine }), ...(kind && { kind }), ...(machine && { machine }) };
      return opened(service.open({ id, host, target, basePath, ...chosen }, signal));
    },
    reconnect: async (id, signal) => opened(service.reconnect({ id }, signal)),
    stop,
    async rename(id, name) {
      const tunnel = find(id);
      if (!tunnel) return;
      await store.save({ ...tunnel.saved, name });
      changed.fire();
    },
    async forget(id) {
      await stop(id);
      await store.remove(id);
      changed.fire();
    },
    dispose() {
      changed.dispose();
      stateChanged.dispose();
      // Nobody waits for a worker that is told to end; it takes everything with it.
      void service.close({}, never).catch(() => undefined);
    },
  };
}
