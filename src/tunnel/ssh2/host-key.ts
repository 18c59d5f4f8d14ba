import type { HostVerifier } from "ssh2";
import { message } from "../../core/message.ts";
import { asTunnelError, TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import { keygenCommand } from "../known-hosts/command.ts";
import { fingerprintOf } from "../known-hosts/key-blob.ts";
import type { Session } from "../link.ts";
import { decideHostKey, identityOf } from "../trust.ts";
import type { Wire } from "./connection.ts";

/** The host key of one connection, from its first handshake on. */
export type HostKey = {
  /** The key once it may be used. */
  accepted(): Buffer | undefined;
  /** What ssh2 asks at the handshake and at each re-key; a key that may not be used fails the connection. */
  verifier(wire: Wire): HostVerifier;
  /** Rejects where the user, or a file of theirs, has said no. */
  decided(): Promise<void>;
};

/**
 * Asks for the verdict on a host's key once. Whatever key is shown later, at a re-key or by a second attempt to log in,
 * has to be that one: a server that changes its key meanwhile is not the server that was trusted.
 */
export function hostKeyOf(host: Host, session: Session, signal: AbortSignal): HostKey {
  let seen: { readonly key: Buffer; readonly verdict: Promise<void> } | undefined;
  let accepted: Buffer | undefined;

  async function judge(shown: Buffer): Promise<void> {
    // ssh2 shows a piece of a larger buffer.
    const key = Buffer.from(shown);
    seen ??= { key, verdict: decideHostKey(host, key, session, signal) };
    if (!seen.key.equals(key)) throw changed(host, seen.key, key);
    await seen.verdict;
    accepted = key;
  }

  return {
    accepted: () => accepted,
    verifier: (wire) => (key, verify) => {
      if (accepted?.equals(key)) return verify(true);
      judge(key).then(
        () => wire.alive() && verify(true),
        (error: unknown) => {
          const said = message("The key of {host} could not be checked.", { host: host.name });
          wire.fail(asTunnelError(error, "host-key-unknown", said));
        },
      );
    },
    decided: async () => seen?.verdict,
  };
}

function changed(host: Host, before: Buffer, after: Buffer): TunnelError {
  return new TunnelError(
    "host-key-changed",
    message("{host} now shows the key {fingerprint}, but began the connection with {known}.", {
      host: host.name,
      fingerprint: fingerprintOf(after),
      known: fingerprintOf(before),
      command: keygenCommand("-R", identityOf(host)),
    }),
  );
}
