import type { OwnerRecord, TunnelRecord } from "../owner/record.ts";
import type { TunnelStatus } from "../status.ts";

/** A tunnel that another process of this user holds, as far as it tells: it is shown, and its port can be used. */
export function statusElsewhere({ owner: _, ...record }: OwnerRecord): TunnelStatus {
  return { ...record, state: { state: "up" }, bytes: { down: 0, up: 0 }, elsewhere: true };
}

/** What other processes are told of a tunnel. */
export function recordOf({ id, host, target, kind, basePath, localPort, guarded }: TunnelStatus): TunnelRecord {
  return { id, host, target, basePath, localPort, guarded, ...(kind === undefined ? {} : { kind }) };
}
