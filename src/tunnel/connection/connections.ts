import { type Clock, systemClock } from "../clock.ts";
import type { Host } from "../host/host.ts";
import type { EngineName, Link } from "../link.ts";
import type { HostRequest } from "../service.ts";
import { type Connection, openConnection } from "./connection.ts";
import { watchSleep } from "./sleep.ts";

/** A connection in use; whoever holds it releases it. */
export type Held = { readonly connection: Connection; release(): void };

/** One connection for each resolved host, shared by whatever needs it. */
export type Connections = {
  /** Resolves the host; makes no link yet. */
  hold(request: HostRequest, signal: AbortSignal): Promise<Held>;
  /** Closes every link, in use or not; settles when nothing is left. */
  close(): Promise<void>;
};

/** What connections are made of. */
export type Making = {
  resolve(name: string, signal: AbortSignal): Promise<Host>;
  /** How one connection is made, each time: what the user approved or typed for it is known as long as it is held. */
  connector(): (host: Host, engine: EngineName | undefined, signal: AbortSignal) => Promise<Link>;
  readonly clock?: Clock;
  /** How long a link stays when nobody needs it: so that who picks from what was found need not log in again. */
  readonly lingerMs?: number;
};

export function openConnections(making: Making): Connections {
  const { clock = systemClock, lingerMs = 30_000 } = making;
  const over = new AbortController();
  const entries = new Map<string, Entry>();
  const closing = new Set<Promise<void>>();

  void watchSleep(clock, wakeAll, over.signal);

  function wakeAll(): void {
    for (const { connection } of entries.values()) wake(connection);
  }

  function entryOf(host: Host, engine: EngineName | undefined): Entry {
    const key = keyOf(host, engine);
    const entry = entries.get(key) ?? newEntry(key, host, engine);
    entries.set(key, entry);
    return entry;
  }

  function newEntry(key: string, host: Host, engine: EngineName | undefined): Entry {
    const connect = making.connector();
    const connection = openConnection(host, (signal) => connect(host, engine, signal), clock);
    return { key, connection, holders: 0, lingering: new AbortController() };
  }

  async function linger(entry: Entry): Promise<void> {
    entry.lingering = new AbortController();
    const { signal } = entry.lingering;
    await clock.wait(lingerMs, AbortSignal.any([signal, over.signal])).catch(() => undefined);
    if (!signal.aborted) discard(entry);
  }

  function discard({ key, connection, lingering }: Entry): void {
    lingering.abort();
    if (!entries.delete(key)) return;
    const closed = connection.close();
    closing.add(closed);
    void closed.finally(() => closing.delete(closed));
  }

  return {
    async hold({ host, engine }, signal) {
      const entry = entryOf(await making.resolve(host, signal), engine);
      entry.holders++;
      entry.lingering.abort();
      let held = true;
      return {
        connection: entry.connection,
        release() {
          if (held && --entry.holders === 0) void linger(entry);
          held = false;
        },
      };
    },
    async close() {
      over.abort();
      for (const entry of entries.values()) discard(entry);
      await Promise.all(closing);
    },
  };
}

type Entry = {
  readonly key: string;
  readonly connection: Connection & { close(): Promise<void> };
  holders: number;
  /** Ends the time that it stays without holders. */
  lingering: AbortController;
};

/** What decides which machine answers, as whom, and under which name its key is known. */
function keyOf({ user, hostname, port, jumps, proxyCommand, hostKeyAlias }: Host, engine?: EngineName): string {
  return JSON.stringify([user, hostname, port, jumps, proxyCommand, hostKeyAlias, engine]);
}

/** A link that has died meanwhile is found out now, and one that is missed is tried for now. */
function wake(connection: Connection): void {
  connection.hurry();
  void connection.check();
}
