import type { Audit } from "./audit/audit.ts";
import type { Discovery, Machine, ServiceKind } from "./discovery/server.ts";
import type { HostList } from "./host/host.ts";
import type { StartedServer, StartRequest } from "./launcher/started.ts";
import type { EngineName } from "./link.ts";
import type { LocalAudit } from "./local/audit.ts";
import type { RunningCommand } from "./local/commands.ts";
import type { OwnProcess } from "./local/own-process.ts";
import type { StopRequest } from "./local/stop.ts";
import type { TunnelStatus } from "./status.ts";
import type { Target } from "./target.ts";

/** A host as the user names it, and the engine where they chose one. */
export type HostRequest = { readonly host: string; readonly engine?: EngineName };

export type OpenRequest = HostRequest & {
  /** Stable over restarts: the same id gets the same local port again. */
  readonly id: string;
  readonly target: Target;
  readonly kind?: ServiceKind;
  readonly basePath?: string;
  /** The port to take; where it is busy this fails. Absent: the remembered one, the remote's own, or the next free. */
  readonly localPort?: number;
  /** The machine that the server was found on. */
  readonly machine?: Machine;
  /** The front for services without authentication of their own; on by default for those. */
  readonly guarded?: boolean;
};

/**
 * The SSH half as its hosts (command line, editor) see it. Lives in a worker; every call can be cancelled, and rejects
 * with a `TunnelError`. Everything crosses as plain data.
 */
export type TunnelService = {
  hosts(request: Record<string, never>, signal: AbortSignal): Promise<HostList>;
  discover(request: HostRequest, signal: AbortSignal): Promise<Discovery>;
  audit(request: HostRequest, signal: AbortSignal): Promise<Audit>;
  /** Resolves when the tunnel is up, or with a state `checking` where the service does not answer yet. */
  open(request: OpenRequest, signal: AbortSignal): Promise<TunnelStatus>;
  tunnels(request: Record<string, never>, signal: AbortSignal): Promise<readonly TunnelStatus[]>;
  reconnect(request: { readonly id: string }, signal: AbortSignal): Promise<TunnelStatus>;
  stop(request: { readonly id: string }, signal: AbortSignal): Promise<void>;
  start(request: HostRequest & StartRequest, signal: AbortSignal): Promise<StartedServer>;
  started(request: HostRequest, signal: AbortSignal): Promise<readonly StartedServer[]>;
  stopServer(request: HostRequest & { readonly name: string }, signal: AbortSignal): Promise<void>;
  /** The token of a server, read on the host now; for the person who asked, never for a log. */
  token(request: HostRequest & { readonly server: string }, signal: AbortSignal): Promise<string | undefined>;
  /** An audit of this machine, without ssh; rejects with `not-on-windows` there. */
  auditHere(request: Record<string, never>, signal: AbortSignal): Promise<LocalAudit>;
  /** Ends a server of the user's own on this machine; settles when nothing of it listens any more. */
  stopHere(request: StopRequest, signal: AbortSignal): Promise<void>;
  /** What such a server was started by. May hold secrets; for the person who asked, never for a log. */
  commandsHere(request: OwnProcess, signal: AbortSignal): Promise<readonly RunningCommand[]>;
  /** Closes every tunnel and link; settles when nothing is left. */
  close(request: Record<string, never>, signal: AbortSignal): Promise<void>;
};

/** What a service is made with, beside its prompts. */
export type ServiceOptions = {
  readonly keepaliveSeconds?: number;
  /** Fingerprints (`SHA256:…`) that need no question: `--accept-key`. */
  readonly acceptedKeys?: readonly string[];
  /** Whether a tunnel whose link is lost connects again by itself. */
  readonly reconnect?: boolean;
};
