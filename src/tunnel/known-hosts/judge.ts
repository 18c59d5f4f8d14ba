import { readFile } from "node:fs/promises";
import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import { fingerprintOf, keyTypeOf } from "./key-blob.ts";
import { type KnownLine, readLine } from "./line.ts";
import { bareNameOf, identityOf, type Named, namesMatch } from "./names.ts";
import type { KnownKey, Verdict } from "./verdict.ts";

/** The part of a host that known_hosts is about. */
export type KnownHost = Named & Pick<Host, "userKnownHostsFiles" | "globalKnownHostsFiles">;

/**
 * What the known_hosts files of the user and of the system say of a key, given as the raw public key. A missing file
 * says nothing; one that cannot be read rejects with `config-unreadable`, because it might hold a revocation.
 */
export async function judge(host: KnownHost, key: Buffer): Promise<Verdict> {
  const { entries, bare } = await entriesOf(host);
  const isKey = ({ blob }: Entry) => blob.equals(key);
  // OpenSSH warns of a key revoked under the bare name and then asks; whoever has that key is not to be trusted at all.
  const revoked = [...entries, ...bare].filter(isRevoked).find(isKey);
  if (revoked) return { verdict: "revoked", known: knownKey(revoked) };

  const plain = entries.filter(isPlain);
  const match = plain.find(isKey) ?? (plain.length === 0 ? bare.filter(isPlain).find(isKey) : undefined);
  if (match) return { verdict: "match", known: knownKey(match) };

  const sameType = plain.filter(({ keyType }) => keyType === keyTypeOf(key));
  if (sameType.length > 0) return { verdict: "changed", known: sameType.map(knownKey) };
  if (plain.length > 0) return { verdict: "other-type", known: plain.map(knownKey) };

  const authority = entries.find(({ marker }) => marker === "authority");
  return authority ? { verdict: "authority-only", known: knownKey(authority) } : { verdict: "unknown" };
}

/**
 * The types of the keys that are known for a host, first come first: to be asked for first, as OpenSSH does
 * (`order_hostkeyalgs` in sshconnect2.c), so that a host known by its RSA key does not show another one.
 */
export async function knownKeyTypes(host: KnownHost): Promise<readonly string[]> {
  const { entries, bare } = await entriesOf(host);
  const known = entries.some(isPlain) ? entries : bare;
  return [...new Set(known.filter(isPlain).map(({ keyType }) => keyType))];
}

type Entry = KnownLine & { readonly file: string; readonly line: number };

/** The lines for a host by its full name, and by its name without the port. */
async function entriesOf(host: KnownHost): Promise<{ entries: readonly Entry[]; bare: readonly Entry[] }> {
  const files = [...new Set([...host.userKnownHostsFiles, ...host.globalKnownHostsFiles])];
  const lines = (await Promise.all(files.map(linesOf))).flat();
  const named = (name: string | undefined) =>
    name === undefined ? [] : lines.filter(({ names }) => namesMatch(names, name));
  return { entries: named(identityOf(host)), bare: named(bareNameOf(host)) };
}

async function linesOf(file: string): Promise<Entry[]> {
  return (await contentOf(file)).split("\n").flatMap((text, index) => {
    const known = readLine(text);
    return known ? [{ ...known, file, line: index + 1 }] : [];
  });
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "latin1");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw new TunnelError("config-unreadable", message("The known hosts in {file} cannot be read.", { file }), error);
  }
}

function isPlain({ marker }: Entry): boolean {
  return marker === "none";
}

function isRevoked({ marker }: Entry): boolean {
  return marker === "revoked";
}

function knownKey({ file, line, keyType, blob }: Entry): KnownKey {
  return { file, line, keyType, fingerprint: fingerprintOf(blob) };
}
