import type { TunnelError } from "../error.ts";
import type { OpenRequest } from "../service.ts";
import type { TunnelStatus } from "../status.ts";
import { failureOf } from "../tunnel/failure.ts";

/** The tunnels of a worker as the main side knows them, so that they can be shown and opened again if it crashes. */
export type KnownTunnels = {
  /** Remembers how a tunnel is opened; hands the request on. */
  asked(request: OpenRequest): OpenRequest;
  seen(status: TunnelStatus): void;
  /** Those that went with the worker. */
  lostOnes(): readonly TunnelStatus[];
  /** Whether one that was asked for here still needs the worker. */
  live(): boolean;
  /** The worker is gone and took them along. */
  fail(error: TunnelError): void;
  /** How to open a tunnel again that went with the worker. */
  lost(id: string): OpenRequest | undefined;
  /** Stops showing a tunnel that went with the worker; false where there is none. */
  forget(id: string): boolean;
};

export function knownTunnels(onTunnel: (status: TunnelStatus) => void): KnownTunnels {
  const requests = new Map<string, OpenRequest>();
  const statuses = new Map<string, TunnelStatus>();
  const lost = new Set<string>();

  function seen(status: TunnelStatus): void {
    lost.delete(status.id);
    if (status.state.state === "stopped") statuses.delete(status.id);
    else statuses.set(status.id, status);
    onTunnel(status);
  }

  return {
    asked(request) {
      requests.set(request.id, request);
      return request;
    },
    seen,
    lostOnes: () => [...statuses.values()].filter(({ id }) => lost.has(id)),
    live: () => [...statuses.values()].some(({ id, state }) => requests.has(id) && state.state !== "failed"),
    fail(error) {
      for (const status of statuses.values()) {
        const asked = requests.has(status.id);
        seen({ ...status, state: asked ? { state: "failed", because: failureOf(error) } : { state: "stopped" } });
        if (asked) lost.add(status.id);
      }
    },
    lost: (id) => (lost.has(id) ? requests.get(id) : undefined),
    forget(id) {
      const status = statuses.get(id);
      if (!status || !lost.has(id)) return false;
      seen({ ...status, state: { state: "stopped" } });
      return true;
    },
  };
}
