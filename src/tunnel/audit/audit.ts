import type { Message } from "../../core/message.ts";
import type { RuleId } from "../../core/rule-ids.ts";
import type { Severity } from "../../core/severity.ts";
import type { Discovery, OtherListener, RemoteServer } from "../discovery/server.ts";

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
