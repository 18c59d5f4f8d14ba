/** Tunnels as the view's parts are given them, without a service behind them. */

import { message } from "../../../src/core/message.ts";
import type { SavedTunnel } from "../../../src/editor/tunnels/saved-tunnel.ts";
import type { ShownTunnel, Tunnels } from "../../../src/editor/tunnels/tunnels.ts";
import type { TunnelState, TunnelStatus } from "../../../src/tunnel/status.ts";
import { EventEmitter } from "../../stub/types.ts";

export function saved(given: Partial<SavedTunnel> = {}): SavedTunnel {
  const target = { kind: "tcp", host: "127.0.0.1", port: 8888 } as const;
  return { id: "1", name: "Jupyter on gpubox", host: "gpubox", kind: "jupyter", target, basePath: "/", ...given };
}

export function status(state: TunnelState["state"], given: Partial<TunnelStatus> = {}): TunnelStatus {
  const { id, host, target, basePath } = saved();
  const bytes = { down: 2048, up: 100 };
  const elsewhere = false;
  return {
    id,
    host,
    target,
    basePath,
    localPort: 8888,
    state: stateOf(state),
    bytes,
    guarded: false,
    elsewhere,
    ...given,
  };
}

function stateOf(state: TunnelState["state"]): TunnelState {
  const because = { code: "connection-lost", said: message("It is gone."), advice: message("Wait.") } as const;
  if (state === "reconnecting") return { state, because, attempt: 1, nextAt: 0 };
  return state === "checking" || state === "failed" ? { state, because } : { state };
}

/** What is shown can be changed at any time; nothing can be done with it but what a test gives. */
export function tunnelsOf(all: readonly ShownTunnel[], parts: Partial<Tunnels> = {}) {
  const changed = new EventEmitter<void>();
  let shown = all;
  const tunnels = {
    all: () => shown,
    find: (id: string) => shown.find((each) => each.saved.id === id),
    onDidChange: changed.event,
    ...parts,
  };
  return {
    // The rest is not asked for by what is tested with this.
    tunnels: tunnels as unknown as Tunnels,
    show(next: readonly ShownTunnel[]): void {
      shown = next;
      changed.fire();
    },
  };
}
