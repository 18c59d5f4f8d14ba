import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Host } from "../host/host.ts";
import { keyTypeOf } from "./key-blob.ts";
import { hashedName, identityOf, type Named } from "./names.ts";

/**
 * Adds a line for a key to the user's first known_hosts file, as `ssh` writes it, and changes nothing else in it.
 * Rejects with an ordinary error where there is no such file, or the host's name could be read as a pattern.
 */
export async function appendKnownHost(
  host: Named & Pick<Host, "userKnownHostsFiles" | "hashKnownHosts">,
  key: Buffer,
): Promise<void> {
  const [file] = host.userKnownHostsFiles;
  if (file === undefined) throw new Error("The ssh config names no file for known hosts.");
  const line = lineFor(host, key);

  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a+", 0o600);
  try {
    // One write, so that two windows that add a key at once do not mix their lines.
    await handle.appendFile((await endsItsLine(handle)) ? line : `\n${line}`);
  } finally {
    await handle.close();
  }
}

/** Characters that known_hosts gives a meaning to; `check_host_key` in sshconnect.c does not record such names. */
const unsafe = /[@?*#[\]|'"\\!,\s\p{Cc}]/u;

function lineFor(host: Named & Pick<Host, "hashKnownHosts">, key: Buffer): string {
  const written = host.hostKeyAlias ?? host.hostname;
  const type = keyTypeOf(key);
  if (written === "" || unsafe.test(written) || type === undefined) {
    throw new Error("The host's name or its key cannot be written to a known_hosts file.");
  }
  const name = identityOf(host);
  return `${host.hashKnownHosts ? hashedName(name) : name} ${type} ${key.toString("base64")}\n`;
}

/** Whether a line can be added as it is: the file is empty, or its last line ends. */
async function endsItsLine(handle: FileHandle): Promise<boolean> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw new Error("What the ssh config names for known hosts is not a file.");
  if (stat.size === 0) return true;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, stat.size - 1);
  return buffer[0] === 0x0a;
}
