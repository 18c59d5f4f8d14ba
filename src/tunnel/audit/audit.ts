import { judge } from "../../core/judge.ts";
import type { Message } from "../../core/message.ts";
import type { RuleId } from "../../core/rule-ids.ts";
import type { Severity } from "../../core/severity.ts";
import { isWildcard } from "../discovery/address.ts";
import type { Candidate } from "../discovery/candidates.ts";
import { type Found, look } from "../discovery/discover.ts";
import type { Discovery, OtherListener, RemoteServer } from "../discovery/server.ts";
import type { Link } from "../link.ts";
import { commandsOf } from "./commands.ts";
import { toolOf } from "./services.ts";

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

function audited({ server, candidate }: Found, commands: readonly (readonly string[])[]): AuditedServer {
  const { bound } = candidate;
  const findings = judge(toolOf[server.kind], {
    commands,
    bind: bindOf(candidate),
    auth: server.auth,
    ...(bound.kind === "tcp" && { port: bound.port }),
  });
  return { server, findings };
}

function bindOf({ bound, reach }: Candidate): "loopback" | "all" | "address" {
  if (reach !== "network" || bound.kind !== "tcp") return "loopback";
  return isWildcard(bound.host) ? "all" : "address";
}
