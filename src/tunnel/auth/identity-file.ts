import { access, readFile } from "node:fs/promises";
import { type ParsedKey, utils } from "ssh2";
import { keyTypeOf, stringsIn } from "../known-hosts/key-blob.ts";

/** What an IdentityFile of the ssh config holds. */
export type IdentityFile = {
  readonly file: string;
  /** The raw public key; absent where only the passphrase would tell. */
  readonly blob?: Buffer;
  /** The private key as the file holds it; absent where only the public half is there, the other being in an agent. */
  readonly secret?: Buffer;
  readonly encrypted: boolean;
  /** Why this client cannot use it and the system's ssh may: its type, its format, or a certificate beside it. */
  readonly unusable?: string;
};

/** Reads one; nothing where there is none, or nothing that is a key. Rejects where it may not be read. */
export async function readIdentityFile(file: string): Promise<IdentityFile | undefined> {
  const [content, beside, certificate] = await Promise.all([
    contentOf(file),
    contentOf(`${file}.pub`),
    exists(`${file}-cert.pub`),
  ]);
  const read = content ? readContent(content) : { encrypted: false };
  const blob = read.blob ?? (beside ? publicKeyIn(beside) : undefined);
  if (!blob && !read.secret) return undefined;

  const unusable = read.unusable ?? (certificate ? "certificate" : blob && reasonAgainst(blob));
  return { file, ...read, ...(blob ? { blob } : {}), ...(unusable === undefined ? {} : { unusable }) };
}

/** The key as ssh2 uses it; an error where it cannot, be it for its type, its format or the passphrase. */
export function parseKey(data: Buffer, passphrase?: string): ParsedKey | Error {
  try {
    // A file that holds several keys is none that OpenSSH writes; the first is the one to use.
    const [key] = [utils.parseKey(data, passphrase)].flat();
    return key ?? new Error("There is no key in it.");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Why ssh2 cannot use a public key: its type, such as that of a FIDO2 key or of a certificate. */
export function reasonAgainst(blob: Buffer): string | undefined {
  return parseKey(blob) instanceof Error ? (keyTypeOf(blob) ?? "unknown type") : undefined;
}

function readContent(content: Buffer): Omit<IdentityFile, "file"> {
  const key = parseKey(content);
  if (!(key instanceof Error)) {
    const blob = key.getPublicSSH();
    return key.isPrivateKey() ? { blob, secret: content, encrypted: false } : { blob, encrypted: false };
  }
  const publicKey = publicKeyIn(content) ?? publicHalfOf(content);
  const blob = publicKey ? { blob: publicKey } : {};
  // So say ssh2's four parsers of private keys (keyParser.js).
  if (key.message.includes("no passphrase given")) return { ...blob, secret: content, encrypted: true };
  // A key all the same, such as one of PKCS #8.
  if (content.includes("PRIVATE KEY-----")) return { ...blob, encrypted: false, secret: content, unusable: "format" };
  return { ...blob, encrypted: false };
}

/** The key in a line such as `ssh-ed25519 AAAA… comment`. */
function publicKeyIn(content: Buffer): Buffer | undefined {
  const [, type, base64 = ""] = /^\s*([\w@.-]+)[ \t]+([\w+/=]+)/.exec(content.toString("latin1")) ?? [];
  const blob = Buffer.from(base64, "base64");
  return type !== undefined && keyTypeOf(blob) === type ? blob : undefined;
}

/** The public half, which OpenSSH's own format has before the encrypted part (PROTOCOL.key). */
function publicHalfOf(content: Buffer): Buffer | undefined {
  const armour = /^-----BEGIN OPENSSH PRIVATE KEY-----\s([\w+/=\s]+)-----END/.exec(content.toString("latin1"));
  const data = Buffer.from(armour?.[1] ?? "", "base64");
  const magic = Buffer.from("openssh-key-v1\0");
  if (!data.subarray(0, magic.length).equals(magic)) return undefined;
  // After it come the cipher, the key derivation, its options, the number of keys, then the public and private ones.
  let at = magic.length;
  for (let skipped = 0; skipped < 3; skipped++) at += at + 4 <= data.length ? 4 + data.readUInt32BE(at) : 4;
  const blob = stringsIn(data.subarray(at + 4))?.[0];
  return blob && keyTypeOf(blob) !== undefined ? blob : undefined;
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
