import { createHash } from "node:crypto";

/** The fingerprint of a public key as `ssh-keygen -l` prints it: `SHA256:…`. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** The type that a public key names itself, such as `ssh-ed25519`; nothing where the bytes are no public key. */
export function keyTypeOf(blob: Buffer): string | undefined {
  const length = blob.length < 4 ? 0 : blob.readUInt32BE(0);
  const name = blob.subarray(4, 4 + length).toString("latin1");
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) return undefined;
  // A certificate has numbers among its strings (PROTOCOL.certkeys of OpenSSH).
  return name.endsWith("-cert-v01@openssh.com") || (stringsIn(blob) ?? []).length > 1 ? name : undefined;
}

/** The strings that the bytes are made of, each after its length (RFC 4251 §5); nothing where they do not fit. */
export function stringsIn(data: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = [];
  let at = 0;
  while (at + 4 <= data.length) {
    const end = at + 4 + data.readUInt32BE(at);
    if (end > data.length) return undefined;
    strings.push(data.subarray(at + 4, end));
    at = end;
  }
  return at === data.length ? strings : undefined;
}
