import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import type { Hop } from "./chain.ts";

/**
 * The ssh config that our own `ssh` runs with. OpenSSH keeps the first value it reads of a keyword, so what must hold
 * comes first and the user's files come after it; and it hands `-F` on to the `ssh` it starts for a jump host (ssh.c,
 * "Optional -F argument"), so it holds for every hop. `newKeys` is the file that ssh writes approved host keys to: it
 * writes to the first of the list only.
 */
export function generatedConfig(
  hops: readonly Hop[],
  files: readonly string[],
  newKeys: string,
  keepaliveSeconds: number,
): string {
  return [
    ...fixed,
    `ServerAliveInterval ${keepaliveSeconds}`,
    "ServerAliveCountMax 3",
    ...hops.flatMap((hop) => [`Match originalhost ${quoted(hop.alias)}`, knownHostsLine(hop, newKeys)]),
    "Match all",
    includeLine(files),
    // Where the user has not chosen: the kernel's own limit is two minutes.
    "Match all",
    "ConnectTimeout 30",
    "",
  ].join("\n");
}

/** Nothing of this may be changed by a user's line that was meant for interactive logins. */
const fixed = [
  // An option that an older ssh does not know is none that it could follow; users' own IgnoreUnknown would come too late.
  "IgnoreUnknown *",
  "StrictHostKeyChecking ask",
  "UpdateHostKeys no",
  "HashKnownHosts no",
  "FingerprintHash sha256",
  "BatchMode no",
  "ForwardAgent no",
  "ForwardX11 no",
  "Tunnel no",
  "GatewayPorts no",
  "ClearAllForwardings yes",
  "PermitLocalCommand no",
  "RemoteCommand none",
  "RequestTTY no",
  "ForkAfterAuthentication no",
  // A jump host may go through the user's live master, and must not leave a new one behind.
  "ControlMaster no",
  "ControlPersist no",
];

function knownHostsLine({ host }: Hop, newKeys: string): string {
  const files = host.userKnownHostsFiles.filter((file) => file !== "none");
  return `UserKnownHostsFile ${[newKeys, ...files].map((file) => quoted(file.replaceAll("%", "%%"))).join(" ")}`;
}

/** A line that reads other files; nothing where there are none, as OpenSSH wants at least one. */
export function includeLine(files: readonly string[]): string {
  return files.length === 0 ? "" : `Include ${files.map(quoted).join(" ")}`;
}

/** One argument of a config line; OpenSSH's quoted strings cannot hold a line break. */
function quoted(text: string): string {
  if (/[\r\n\0]/.test(text)) {
    throw new TunnelError("bad-request", message("A name in the ssh config holds a line break."));
  }
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
