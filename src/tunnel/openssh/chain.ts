import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { identityOf } from "../trust.ts";

/** One host on the way, as OpenSSH will meet it. */
export type Hop = {
  readonly host: Host;
  /** The name that its `Match originalhost` sees. */
  readonly alias: string;
  /** Its name in known_hosts, which OpenSSH also uses when it asks. */
  readonly identity: string;
};

/**
 * The hosts on the way, from the first jump host to the host itself. OpenSSH gives the first jump host the others by
 * `-J`, so only the first one's own ProxyJump counts (ssh.c, "Optional additional jump hosts").
 */
export async function chainOf(host: Host, session: Session, signal: AbortSignal): Promise<readonly Hop[]> {
  return [...(await jumpsOf(host, session, signal, new Set())), hopOf(host, host.name)];
}

async function jumpsOf(host: Host, session: Session, signal: AbortSignal, seen: Set<string>): Promise<readonly Hop[]> {
  const hops: Hop[] = [];
  for (const [index, jump] of host.jumps.entries()) {
    const resolved = await session.resolve(jump, signal);
    // OpenSSH ends a loop of jump hosts itself; here it only must not keep us busy.
    if (index === 0 && !seen.has(jump)) hops.push(...(await jumpsOf(resolved, session, signal, seen.add(jump))));
    hops.push(hopOf(resolved, jump));
  }
  return hops;
}

function hopOf(host: Host, written: string): Hop {
  return { host, alias: aliasOf(written), identity: identityOf(host) };
}

/** The bare name in `[user@]host[:port]` or `ssh://…`. */
function aliasOf(written: string): string {
  const place = written.replace(/^ssh:\/\//, "").replace(/^.*@/, "");
  const bracketed = /^\[([^\]]+)\]/.exec(place)?.[1];
  if (bracketed !== undefined) return bracketed;
  return place.split(":").length === 2 ? place.replace(/:\d+$/, "") : place;
}
