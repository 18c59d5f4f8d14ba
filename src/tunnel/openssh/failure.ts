import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Message, message } from "../../core/message.ts";
import { TunnelError, type TunnelErrorCode } from "../error.ts";
import { harmless } from "../harmless.ts";
import { keygenCommand } from "../known-hosts/command.ts";

/**
 * Why `ssh` ended before it was connected, from what it and the `ssh` of each jump host wrote. The first pattern that
 * fits any line wins, so that what a jump host says counts for more than the "Connection closed" that follows from it.
 */
export function failureOf(host: string, lines: readonly string[], passphraseAttempts: number): TunnelError {
  const text = lines.join("\n");
  const changed = changedKey(host, text);
  if (changed) return changed;
  for (const [pattern, code, said] of table) {
    const found = pattern.exec(text);
    if (!found) continue;
    if (code === "auth-refused" && passphraseAttempts >= 3) return passphraseWrong(host);
    const [line, detail = ""] = found;
    return new TunnelError(code, message(said, { host, line: shown(line), ...detailOf(code, detail) }));
  }
  const last = shown(lines.findLast((line) => line.trim() !== "") ?? "");
  return new TunnelError(
    "unreachable",
    message("The system's ssh could not connect to {host}: {last}", { host, last }),
  );
}

/** Why a connected `ssh` ended. */
export function lossOf(host: string, lines: readonly string[]): TunnelError {
  const silent = lines.some((line) => /^Timeout, server .* not responding/.test(line));
  return new TunnelError(
    "connection-lost",
    silent ? message("{host} no longer answers.", { host }) : message("The connection to {host} was lost.", { host }),
  );
}

const closed = "The connection to {host} could not be made: {line}";

/** The sentences of sshconnect.c, sshconnect2.c, packet.c (`sshpkt_vfatal`), readconf.c and of the C library. */
const table: readonly (readonly [RegExp, TunnelErrorCode, string])[] = [
  [
    /^.*(?:Bad configuration option|bad configuration options|Bad owner or permissions on).*$/m,
    "config-unreadable",
    "The ssh config cannot be used: {line}",
  ],
  [
    /^.*(?:REVOKED HOST KEY|is marked as revoked).*$/m,
    "host-key-revoked",
    "A key of the way to {host} is marked as revoked in known_hosts.",
  ],
  [/^.*Host key verification failed.*$/m, "host-key-unknown", "A host key on the way to {host} is not trusted."],
  [
    /^.*no matching (?:cipher|key exchange method|host key type|MAC|compression method) found.*$/m,
    "no-common-algorithm",
    "{host} and this machine's ssh have no algorithm in common: {line}",
  ],
  [/^.*Permission denied \(([\w,@.-]+)\).*$/m, "auth-refused", "{host} refused the login ({methods})."],
  [
    /^.*(?:Too many authentication failures|No more authentication methods|Permission denied).*$/m,
    "auth-refused",
    "{host} refused the login: {line}",
  ],
  [
    /^.*Could not resolve hostname .*(?:not known|nodename nor servname|No such host|No address associated).*$/m,
    "host-unknown",
    "There is no host behind the name: {line}",
  ],
  [/^.*Could not resolve hostname.*$/m, "unreachable", "The name could not be looked up: {line}"],
  [
    /^.*(?:administratively prohibited|stdio forwarding failed).*$/m,
    "forwarding-forbidden",
    "A jump host did not pass us on to {host}: {line}",
  ],
  [/^.*timed out.*$/im, "timed-out", "{host} did not answer in time: {line}"],
  [/^.*(?:Connection refused|No route to host|Network is unreachable|Host is down).*$/m, "unreachable", closed],
  [
    /^.*(?:kex_exchange_identification|Connection (?:closed|reset) by|Connection to .* closed).*$/m,
    "unreachable",
    closed,
  ],
];

/** What the advice for a code names. */
function detailOf(code: TunnelErrorCode, detail: string): Message["values"] {
  return code === "auth-refused"
    ? { methods: detail === "" ? "none that was tried" : detail.replaceAll(",", ", ") }
    : {};
}

function passphraseWrong(host: string): TunnelError {
  return new TunnelError("passphrase-wrong", message("The passphrase for the key to {host} was wrong.", { host }));
}

/** sshconnect.c, `check_host_key` and `warn_changed_key`: the new fingerprint, and where the old key is. */
function changedKey(host: string, text: string): TunnelError | undefined {
  if (!text.includes("HOST IDENTIFICATION HAS CHANGED")) return undefined;
  const fingerprint = /^(SHA256:[A-Za-z0-9+/]+)\.?$/m.exec(text)?.[1] ?? "";
  const [, file = "", line = ""] = /^Offending .* key in (.*):(\d+)$/m.exec(text) ?? [];
  const name = /^Host key for (\S+) has changed/m.exec(text)?.[1] ?? host;
  const values = {
    host: shown(name),
    fingerprint,
    known: fingerprintAt(file, Number(line)),
    file,
    line,
    command: keygenCommand("-R", shown(name), file),
  };
  return new TunnelError(
    "host-key-changed",
    message("The key of {host} has changed: it is {fingerprint} now, and {known} in {file}, line {line}.", values),
  );
}

function fingerprintAt(file: string, line: number): string {
  try {
    const key = /(?:^|\s)(?:ssh-|ecdsa-|sk-)\S+\s+([A-Za-z0-9+/=]+)/.exec(
      readFileSync(file, "utf8").split("\n")[line - 1] ?? "",
    );
    const hash = createHash("sha256")
      .update(Buffer.from(key?.[1] ?? "", "base64"))
      .digest("base64");
    return `SHA256:${hash.replace(/=+$/, "")}`;
  } catch {
    return "SHA256:?";
  }
}

function shown(line: string): string {
  return harmless(line.trim(), { oneLine: true, most: 300 });
}
