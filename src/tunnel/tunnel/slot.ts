import { shared } from "../connection/shared.ts";
import type { Claim, Ownership } from "../owner/ownership.ts";
import type { OpenRequest } from "../service.ts";
import type { TunnelStatus } from "../status.ts";
import { recordOf, statusElsewhere } from "./elsewhere.ts";
import type { Tunnel } from "./tunnel.ts";

/** A tunnel that was asked for here: held by this process, or by another one of this user. */
export type Slot = {
  readonly request: OpenRequest;
  /** Whether this process holds it, or is about to. */
  owned(): boolean;
  /** Resolves when it is up, `checking`, or held elsewhere. Everyone who asks meanwhile gets the same answer. */
  open(signal: AbortSignal): Promise<TunnelStatus>;
  reconnect(signal: AbortSignal): Promise<TunnelStatus>;
  status(): TunnelStatus | undefined;
  /** Settles when nothing of it is left. */
  stop(): Promise<void>;
};

export type SlotParts = {
  readonly claim: Ownership["claim"];
  /** Settles when another process has opened, changed or closed a tunnel. */
  ownersChanged(signal: AbortSignal): Promise<void>;
  make(request: OpenRequest, publish: (status: TunnelStatus) => void, signal: AbortSignal): Promise<Tunnel>;
  publish(status: TunnelStatus): void;
};

type Owned = Extract<Claim, { owned: true }>;

export function makeSlot(request: OpenRequest, parts: SlotParts): Slot {
  const over = new AbortController();
  let claim: Owned | undefined;
  let tunnel: Tunnel | undefined;
  let last: TunnelStatus | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  const open = shared((signal) => {
    const opened = obtain(AbortSignal.any([signal, over.signal]));
    opening = opened.catch(() => undefined);
    return opened;
  });

  async function obtain(signal: AbortSignal): Promise<TunnelStatus> {
    if (tunnel) return connected(tunnel, signal);
    for (;;) {
      const tried = parts.claim(firstRecord(request));
      if (tried.owned) return openHere(tried, signal);
      if (tried.owner.localPort > 0) return show(statusElsewhere(tried.owner));
      // It has only just begun there.
      await parts.ownersChanged(signal);
    }
  }

  async function openHere(owned: Owned, signal: AbortSignal): Promise<TunnelStatus> {
    claim = owned;
    try {
      tunnel = await parts.make(request, show, signal);
      return tunnel.status();
    } catch (error) {
      release();
      throw error;
    }
  }

  function show(status: TunnelStatus): TunnelStatus {
    if (last?.localPort !== status.localPort) claim?.update(recordOf(status));
    last = status;
    parts.publish(status);
    return status;
  }

  function release(): void {
    claim?.release();
    claim = undefined;
  }

  return {
    request,
    open,
    owned: () => claim !== undefined,
    status: () => tunnel?.status() ?? last,
    async reconnect(signal) {
      if (!tunnel) return open(signal);
      await tunnel.reconnect(signal);
      return tunnel.status();
    },
    async stop() {
      over.abort();
      await opening;
      await tunnel?.stop();
      release();
    },
  };
}

async function connected(tunnel: Tunnel, signal: AbortSignal): Promise<TunnelStatus> {
  const { state } = tunnel.status().state;
  if (state !== "up" && state !== "checking") await tunnel.connect(signal);
  return tunnel.status();
}

/** Before its port is known. */
function firstRecord({ id, host, target, kind, basePath = "/" }: OpenRequest) {
  return { id, host, target, basePath, localPort: 0, guarded: false, ...(kind === undefined ? {} : { kind }) };
}
