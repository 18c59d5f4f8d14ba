import type { TunnelError } from "../error.ts";
import type { OpenRequest } from "../service.ts";
import type { TunnelStatus } from "../status.ts";
import { failureOf } from "../tunnel/failure.ts";

/** The tunnels of a worker as the main side knows them, so that they can be shown and opened again if it crashes. */
export type KnownTunnels = {
  /** Remembers how a tunnel is opened; hands the request on. */
  asked(request: OpenRequest): OpenRequest;
  seen(status: TunnelStatus): void;
  all(): readonly TunnelStatus[];
  /** Whether one of them is more than a line in a list. */
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
    all: () => [...statuses.values()],
    live: () => [...statuses.values()].some(({ state }) => state.state !== "failed"),
    fail(error) {
      for (const status of statuses.values()) {
        seen({ ...status, state: { state: "failed", because: failureOf(error) } });
        lost.add(status.id);
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
