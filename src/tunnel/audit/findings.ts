import { judge } from "../../core/judge.ts";
import { isWildcard } from "../discovery/address.ts";
import type { Candidate } from "../discovery/candidates.ts";
import type { Found } from "../discovery/discover.ts";
import type { AuditedServer } from "./audit.ts";
import { toolOf } from "./services.ts";

/**
 * What the linter says of a server that was found. With the linter's tables in it this is a bundle of its own, loaded
 * by the first audit; nothing here throws, because an error's class would be another one there.
 */
export function audited({ server, candidate }: Found, commands: readonly (readonly string[])[]): AuditedServer {
  const { bound } = candidate;
  const findings = judge(toolOf(server), {
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
