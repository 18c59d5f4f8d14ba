import { type Message, message } from "../core/message.ts";
import { cancelled, TunnelError, type TunnelErrorCode } from "./error.ts";
import { harmless } from "./harmless.ts";
import type { Host } from "./host/host.ts";
import { appendKnownHost } from "./known-hosts/append.ts";
import { keygenCommand } from "./known-hosts/command.ts";
import { judge } from "./known-hosts/judge.ts";
import { fingerprintOf, keyTypeOf } from "./known-hosts/key-blob.ts";
import { identityOf } from "./known-hosts/names.ts";
import type { KnownKey, Verdict } from "./known-hosts/verdict.ts";
import type { Log } from "./log.ts";
import type { Prompts } from "./prompts.ts";

export { knownKeyTypes } from "./known-hosts/judge.ts";
export { identityOf } from "./known-hosts/names.ts";

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
export type DecideHostKey = (host: Host, key: Buffer, session: TrustSession, signal: AbortSignal) => Promise<void>;

type TrustSession = { readonly prompts: Prompts; readonly log: Log; readonly trusted: TrustedKeys };

export const decideHostKey: DecideHostKey = async (host, key, session, signal) => {
  const verdict = await judge(host, key);
  const fingerprint = fingerprintOf(key);
  session.log("info", `host key ${fingerprint} of ${identityOf(host)}: ${verdict.verdict}`);
  if (verdict.verdict === "match") return;

  noticeLooseChecking(host, session);
  // No approval beforehand outweighs a plain key that the user has written down.
  if (verdict.verdict !== "unknown" && verdict.verdict !== "authority-only") throw refusal(host, fingerprint, verdict);
  if (session.trusted.has(identityOf(host), fingerprint)) return;
  if (verdict.verdict === "authority-only") throw refusal(host, fingerprint, verdict);
  if (host.strictHostKeyChecking === "yes") throw strictlyUnknown(host, fingerprint);
  await ask(host, key, session, signal);
};

/** An empty store, but for fingerprints that are approved for whichever host shows them: `--accept-key`. */
export function trustedKeys(initial: readonly string[] = []): TrustedKeys {
  const approved = new Map<string, Set<string>>();
  const of = (identity: string) => [...new Set([...initial, ...(approved.get(identity) ?? [])])];
  return {
    of,
    has: (identity, fingerprint) => of(identity).includes(fingerprint),
    add(identity, fingerprint) {
      approved.set(identity, (approved.get(identity) ?? new Set()).add(fingerprint));
    },
  };
}

type Refused = Exclude<Verdict, { verdict: "match" | "unknown" }>;

const refusals: Record<Refused["verdict"], { code: TunnelErrorCode; template: string }> = {
  changed: {
    code: "host-key-changed",
    template: "{host} shows the key {fingerprint}, but {known} is known for it ({file}, line {line}).",
  },
  // As OpenSSH 9.2 does (`check_hostkeys_by_key_or_type` in hostfile.c): a server chooses which of its keys it shows.
  "other-type": {
    code: "host-key-changed",
    template:
      "{host} shows the key {fingerprint}, but only keys of other types are known for it: {types}, {known} ({file}, line {line}).",
  },
  revoked: {
    code: "host-key-revoked",
    template: "{host} shows the key {fingerprint}, which is marked as revoked ({file}, line {line}).",
  },
  "authority-only": {
    code: "host-key-authority-only",
    template:
      "{host} shows the plain key {fingerprint}, but only the certificate authority {known} is known for it ({file}, line {line}).",
  },
};

function refusal(host: Host, fingerprint: string, verdict: Refused): TunnelError {
  const { code, template } = refusals[verdict.verdict];
  const all: readonly KnownKey[] = [verdict.known].flat();
  const { file = "", line = 0 } = all[0] ?? {};
  const known = all.map((key) => key.fingerprint).join(", ");
  const types = [...new Set(all.map(({ keyType }) => keyType))].join(", ");
  // `ssh-keygen -R` leaves lines with a marker alone, so for those the command shows the line instead.
  const command = keygenCommand(code === "host-key-changed" ? "-R" : "-F", identityOf(host), file);
  return new TunnelError(code, message(template, { host: host.name, fingerprint, known, types, file, line, command }));
}

function strictlyUnknown({ name }: Host, fingerprint: string): TunnelError {
  const template =
    "{host} shows the key {fingerprint}, which is not known, and its StrictHostKeyChecking allows no other.";
  return new TunnelError("host-key-unknown", message(template, { host: name, fingerprint }));
}

/** Hosts whose loose checking was mentioned, for each run. */
const mentioned = new WeakMap<TrustedKeys, Set<string>>();

/** Says once, for each run, that a loose StrictHostKeyChecking is not followed. */
export function noticeLooseChecking(host: Host, { prompts, trusted }: TrustSession): void {
  const setting = host.strictHostKeyChecking;
  if (setting !== "no" && setting !== "accept-new") return;
  const hosts = mentioned.get(trusted) ?? new Set();
  mentioned.set(trusted, hosts);
  if (hosts.has(host.name)) return;
  hosts.add(host.name);
  prompts.notice(
    message("The ssh config sets StrictHostKeyChecking {setting} for {host}. Its key is checked all the same.", {
      setting,
      host: host.name,
    }),
  );
}

async function ask(host: Host, key: Buffer, session: TrustSession, signal: AbortSignal): Promise<void> {
  const { name, hostname, port, user } = host;
  const [file] = host.userKnownHostsFiles;
  const fingerprint = fingerprintOf(key);
  const answer = await session.prompts.hostKey(
    {
      hop: { name, hostname, port, user },
      identity: identityOf(host),
      ...(file !== undefined && { file }),
      keyType: harmless(keyTypeOf(key) ?? "", { oneLine: true }),
      fingerprint,
    },
    signal,
  );
  if (signal.aborted) throw cancelled();
  if (answer === "remember") await remember(host, key, session);
  else if (answer === "once") session.trusted.add(identityOf(host), fingerprint);
  else throw new TunnelError("host-key-unknown", notTrusted(host, fingerprint));
}

function notTrusted({ name }: Host, fingerprint: string): Message {
  return message("The key {fingerprint} of {host} was not trusted.", { host: name, fingerprint });
}

/** Where the key cannot be written down it is trusted once, as the user wants to connect in any case. */
async function remember(host: Host, key: Buffer, { prompts, log, trusted }: TrustSession): Promise<void> {
  try {
    await appendKnownHost(host, key);
  } catch (error) {
    trusted.add(identityOf(host), fingerprintOf(key));
    log("warn", `the key of ${identityOf(host)} is not written down: ${String(error)}`);
    const file = host.userKnownHostsFiles[0] ?? "known_hosts";
    const template = "The key of {host} could not be written to {file}; it is trusted until the tunnel is stopped.";
    prompts.notice(message(template, { host: host.name, file }));
  }
}
