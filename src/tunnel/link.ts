import type { Duplex } from "node:stream";
import type { Message } from "../core/message.ts";
import type { Environment } from "./environment.ts";
import type { TunnelError } from "./error.ts";
import type { Host } from "./host/host.ts";
import type { Log } from "./log.ts";
import type { Prompts } from "./prompts.ts";
import type { Target } from "./target.ts";
import type { TrustedKeys } from "./trust.ts";

export type EngineName = "ssh2" | "openssh";

/** What is true of a link from the moment it is there. */
export type Peer = {
  readonly engine: EngineName;
  /** Why this engine and not the other, where it was not asked for. */
  readonly because?: Message;
  /** `SHA256:…` of the last hop's key; absent, with its type, over a master that the user has opened. */
  readonly fingerprint?: string;
  readonly keyType?: string;
  /** The cipher towards us; absent where the engine cannot tell. */
  readonly cipher?: string;
  /** The server's own name of its software, made harmless; absent where the engine cannot tell. */
  readonly software?: string;
  /** From the first jump host to the host itself. */
  readonly hops: readonly string[];
};

/** What a command on the far host answered. Output is cut at 4 MiB. */
export type RunResult = { readonly stdout: string; readonly stderr: string; readonly code: number | undefined };

/** One authenticated connection to one host. Whoever has it closes it. */
export type Link = {
  readonly host: Host;
  readonly peer: Peer;
  /**
   * A stream to something behind the host. Rejects with `nothing-listens`, `forwarding-forbidden`, `timed-out` or
   * `connection-lost`. The stream emits `error` at most once and is destroyed with the link.
   */
  open(target: Target, signal: AbortSignal): Promise<Duplex>;
  /** Runs exactly `command` there with `input` on its standard input; rejects with `cannot-look` where that is refused. */
  run(command: string, input: string, signal: AbortSignal): Promise<RunResult>;
  /** Asks the far side for a sign of life; rejects after `timeoutMs`. */
  probe(timeoutMs: number): Promise<void>;
  /** Settles, never rejects, when the link is gone: with the reason, or with nothing where we closed it. */
  readonly gone: Promise<TunnelError | undefined>;
  /** Closes it and everything opened over it; settles when nothing of it is left. */
  close(): Promise<void>;
};

/** What an engine is given beside the host. */
export type Session = {
  readonly environment: Environment;
  readonly prompts: Prompts;
  readonly log: Log;
  /** Keys that the user has approved for this run, beside those in known_hosts. */
  readonly trusted: TrustedKeys;
  /** How a name of the ssh config is resolved, for jump hosts. */
  resolve(name: string, signal: AbortSignal): Promise<Host>;
  /** Seconds between signs of life; three missing ones end the link. 15 unless the user says otherwise. */
  readonly keepaliveSeconds: number;
  /** Set where the other engine can take over: fail before a password is asked for if it has keys left to try. */
  readonly mayYield?: boolean;
};

/** Makes links. Rejects with a `TunnelError`; leaves nothing behind when it does. */
export type Engine = (host: Host, session: Session, signal: AbortSignal) => Promise<Link>;
