/** One line of a known_hosts file. `line` counts from 1. */
export type KnownKey = {
  readonly file: string;
  readonly line: number;
  readonly keyType: string;
  /** `SHA256:…`. */
  readonly fingerprint: string;
};

/**
 * What the known_hosts files say of a key, as OpenSSH would judge it. `revoked` wins over all. `authority-only`: no
 * plain key is known, but a certificate authority for this host is. `other-type`: keys are known, of other types only.
 */
export type Verdict =
  | { readonly verdict: "match"; readonly known: KnownKey }
  | { readonly verdict: "unknown" }
  | { readonly verdict: "changed"; readonly known: readonly KnownKey[] }
  | { readonly verdict: "other-type"; readonly known: readonly KnownKey[] }
  | { readonly verdict: "revoked"; readonly known: KnownKey }
  | { readonly verdict: "authority-only"; readonly known: KnownKey };
