import { EventEmitter, once } from "node:events";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Log } from "../log.ts";
import type { Ownership } from "../owner/ownership.ts";
import type { OwnerRecord } from "../owner/record.ts";
import type { OpenRequest, TunnelService } from "../service.ts";
import type { TunnelStatus } from "../status.ts";
import { statusElsewhere } from "./elsewhere.ts";
import { makeSlot, type Slot, type SlotParts } from "./slot.ts";

/** The tunnels of this user on this machine: those of this process, and a view of those that others hold. */
export type Tunnels = Pick<TunnelService, "open" | "reconnect" | "stop"> & {
  all(): readonly TunnelStatus[];
  close(): Promise<void>;
};

export type TunnelsParts = {
  readonly ownership: Ownership;
  readonly make: SlotParts["make"];
  publish(status: TunnelStatus): void;
  readonly log: Log;
};

export function openTunnels({ ownership, make, publish, log }: TunnelsParts): Tunnels {
  const slots = new Map<string, Slot>();
  /** Those of this process whose lock files may still be there. */
  const stopping = new Map<string, Promise<void>>();
  const over = new AbortController();
  const changes = new EventEmitter().setMaxListeners(0);
  let others: ReadonlyMap<string, OwnerRecord> = new Map();
  const watch = ownership.watch(onOwners);
  onOwners(ownership.owners());

  const parts: SlotParts = {
    claim: ownership.claim,
    ownersChanged: async (signal) => {
      await once(changes, "owners", { signal }).catch(() => Promise.reject(cancelled()));
    },
    make,
    publish,
  };

  /** Another process has opened, moved or closed a tunnel. What was asked for here as well goes on here. */
  function onOwners(owners: readonly OwnerRecord[]): void {
    const before = others;
    const isOurs = (id: string) => stopping.has(id) || slots.get(id)?.owned();
    const theirs = owners.filter(({ id, localPort }) => localPort > 0 && !isOurs(id));
    others = new Map(theirs.map((owner) => [owner.id, owner]));
    for (const owner of theirs) if (!same(before.get(owner.id), owner)) publish(statusElsewhere(owner));
    for (const [id, owner] of before) if (!others.has(id)) void takeOver(id, owner);
    changes.emit("owners");
  }

  async function takeOver(id: string, owner: OwnerRecord): Promise<void> {
    const slot = slots.get(id);
    if (!slot) publish({ ...statusElsewhere(owner), state: { state: "stopped" } });
    else if (!slot.owned()) {
      // A failure is in its status already.
      await slot.open(over.signal).catch((error) => log("info", `tunnel ${id} is not taken over: ${String(error)}`));
    }
  }

  async function open(request: OpenRequest, signal: AbortSignal): Promise<TunnelStatus> {
    if (over.signal.aborted) throw cancelled();
    const { id } = request;
    if (slots.has(id) && !leadsTheSameWay(slots.get(id)?.request, request)) await stop({ id });
    // Where there is nothing to wait for, a stop right behind this has to find it.
    if (stopping.has(id)) await stopping.get(id);
    const slot = slots.get(id) ?? makeSlot(request, parts);
    slots.set(id, slot);
    try {
      const status = await slot.open(signal);
      // That it is there has to be known before it goes.
      if (status.elsewhere) watch.check();
      return status;
    } catch (error) {
      // What never was a tunnel leaves nothing to reconnect.
      if (!slot.owned()) slots.delete(id);
      throw error;
    }
  }

  async function stop({ id }: { readonly id: string }): Promise<void> {
    const slot = slots.get(id);
    slots.delete(id);
    if (slot) await end(id, slot);
    if (others.has(id))
      throw new TunnelError("bad-request", message("Another window holds this tunnel. Stop it there."));
    if (!slot) throw noSuchTunnel(id);
  }

  function end(id: string, slot: Slot): Promise<void> {
    const ended = slot.stop().finally(() => stopping.delete(id));
    stopping.set(id, ended);
    return ended;
  }

  return {
    open,
    stop,
    async reconnect({ id }, signal) {
      watch.check();
      const slot = slots.get(id);
      const other = others.get(id);
      if (slot) return slot.reconnect(signal);
      if (other) return statusElsewhere(other);
      throw noSuchTunnel(id);
    },
    all() {
      const own = [...slots.values()].map((slot) => slot.status()).filter((status) => status !== undefined);
      const rest = [...others.values()].filter(({ id }) => !slots.has(id));
      return [...own, ...rest.map(statusElsewhere)];
    },
    async close() {
      over.abort();
      watch.close();
      await Promise.all([...slots.values()].map((slot) => slot.stop()));
      slots.clear();
    },
  };
}

function leadsTheSameWay(one: OpenRequest | undefined, other: OpenRequest): boolean {
  return same([one?.host, one?.engine, one?.target], [other.host, other.engine, other.target]);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function noSuchTunnel(id: string): TunnelError {
  return new TunnelError("bad-request", message("There is no tunnel {id}.", { id: harmless(id, { oneLine: true }) }));
}
