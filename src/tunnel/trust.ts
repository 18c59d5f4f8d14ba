import type { Host } from "./host/host.ts";
import type { Log } from "./log.ts";
import type { Prompts } from "./prompts.ts";

/** Fingerprints (`SHA256:…`) approved for as long as this lives, by the known_hosts name they were approved for. */
export type TrustedKeys = {
  has(identity: string, fingerprint: string): boolean;
  add(identity: string, fingerprint: string): void;
  /** Every fingerprint approved for a host. */
  of(identity: string): readonly string[];
};

/**
 * Decides about a host key before any secret is asked for: known and right, trusted for now, or asked about.
 * Resolves where the key may be used; rejects with `host-key-unknown` (the user refused), `host-key-changed`,
 * `host-key-revoked` or `host-key-authority-only`, whose values hold `fingerprint`, `known`, `file`, `line`, `command`.
 */
export type DecideHostKey = (
  host: Host,
  key: Buffer,
  session: { readonly prompts: Prompts; readonly log: Log; readonly trusted: TrustedKeys },
  signal: AbortSignal,
) => Promise<void>;
