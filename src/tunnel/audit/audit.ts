import type { Message } from "../../core/message.ts";
import type { RuleId } from "../../core/rule-ids.ts";
import type { Severity } from "../../core/severity.ts";
import { type Found, look } from "../discovery/discover.ts";
import type { Discovery, OtherListener, RemoteServer } from "../discovery/server.ts";
import type { Link } from "../link.ts";
import { commandsOf } from "./commands.ts";

/** Something a rule says of a server that runs on a host, in the linter's words. */
export type AuditFinding = {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: Message;
  readonly why: readonly Message[];
  readonly reference?: string;
};

export type AuditedServer = { readonly server: RemoteServer; readonly findings: readonly AuditFinding[] };

export type Audit = Pick<Discovery, "machine" | "limits"> & {
  readonly servers: readonly AuditedServer[];
  /** What else listens beyond loopback. */
  readonly others: readonly OtherListener[];
};

/**
 * Judges what runs on a host as the linter would judge its start: by the address it really listens on and the login it
 * really asks for, and by the settings of its command line where that can be read. A server on loopback that asks for
 * a login has nothing said against it. Rejects as `discover` does.
 */
export async function audit(link: Link, signal: AbortSignal): Promise<Audit> {
  const { machine, found, others, limits } = await look(link, signal);
  const { audited } = await import("./findings.ts");
  const commands = await commandsOf(link, found.flatMap(pidOf), signal);
  return {
    machine,
    servers: found.map((each) =>
      audited(
        each,
        pidOf(each).flatMap((pid) => commands.get(pid) ?? []),
      ),
    ),
    others: others.filter(({ reach }) => reach === "network"),
    limits,
  };
}

/** The number of another node's process says nothing here. */
function pidOf({ server: { pid, node } }: Found): number[] {
  return pid === undefined || node !== undefined ? [] : [pid];
}
