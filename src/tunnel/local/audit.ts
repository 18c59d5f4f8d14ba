import { type Audit, type AuditedServer, audit } from "../audit/audit.ts";
import type { RemoteServer } from "../discovery/server.ts";
import type { Link } from "../link.ts";
import { type OwnProcess, ownProcesses } from "./own-process.ts";

/** A server on this machine; `process` where its user may end it here. */
export type LocalServer = AuditedServer & { readonly process?: OwnProcess };

export type LocalAudit = Omit<Audit, "servers"> & { readonly servers: readonly LocalServer[] };

/**
 * An audit of this machine, with which of its servers are the user's own to end. Our own tunnels are left out: what
 * answers there runs elsewhere. Rejects as `audit` does.
 */
export async function auditLocally(link: Link, signal: AbortSignal): Promise<LocalAudit> {
  const { servers, ...rest } = await audit(link, signal);
  const here = servers.filter(({ server }) => server.pid !== process.pid);
  const processes = await ownProcesses(
    link,
    here.flatMap(({ server }) => ownPid(server)),
    signal,
  );
  return {
    ...rest,
    servers: here.map((each) => {
      const own = ownPid(each.server).map((pid) => processes.get(pid))[0];
      return own ? { ...each, process: own } : each;
    }),
  };
}

function ownPid({ own, pid, node }: RemoteServer): number[] {
  return own && pid !== undefined && node === undefined ? [pid] : [];
}
