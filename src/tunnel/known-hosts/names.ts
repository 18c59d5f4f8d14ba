import { createHmac, randomBytes } from "node:crypto";
import type { Host } from "../host/host.ts";

/** What names a host in known_hosts. */
export type Named = Pick<Host, "hostname" | "port" | "hostKeyAlias">;

/**
 * The name that OpenSSH looks a host up by: its HostKeyAlias as written, or else the lower-cased address, which carries
 * the port where that is not 22 (`get_hostfile_hostname_ipaddr` in sshconnect.c).
 */
export function identityOf(host: Named): string {
  if (host.hostKeyAlias !== undefined) return host.hostKeyAlias;
  return host.port === 22 ? lowerCased(host.hostname) : `[${lowerCased(host.hostname)}]:${host.port}`;
}

/** The name without its port, under which a key is looked up where the full name has none (`check_host_key` there). */
export function bareNameOf(host: Named): string | undefined {
  return host.hostKeyAlias === undefined && host.port !== 22 ? lowerCased(host.hostname) : undefined;
}

/** Whether the names of a line, as latin1, are those of `name` (`match_maybe_hashed` in hostfile.c). */
export function namesMatch(names: string, name: string): boolean {
  const bytes = Buffer.from(name).toString("latin1");
  return names.startsWith("|") ? hashMatches(names, name) : listMatches(names, lowerCased(bytes));
}

/** The name as HashKnownHosts writes it: `|1|salt|HMAC-SHA1`. */
export function hashedName(name: string, salt: Buffer = randomBytes(20)): string {
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

function hashMatches(names: string, name: string): boolean {
  const salt = Buffer.from(names.split("|")[2] ?? "", "base64");
  return salt.length === 20 && hashedName(name, salt) === names;
}

/** `match_pattern_list` of match.c: a pattern after `!` vetoes, and one of 1023 bytes or more spoils the list. */
function listMatches(list: string, name: string): boolean {
  let matched = false;
  for (const item of lowerCased(list).split(",")) {
    const negated = item.startsWith("!");
    const pattern = negated ? item.slice(1) : item;
    if (pattern.length >= 1023) return false;
    if (!patternMatches(pattern, name)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** `*` is any text, `?` any byte. Goes back to the latest `*` only, so that no pattern takes long. */
function patternMatches(pattern: string, text: string): boolean {
  let [at, next, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[next] === "*") {
      star = next++;
      resume = at;
    } else if (pattern[next] === "?" || pattern[next] === text[at]) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(next));
}

/** ASCII only, as in the C locale: bytes above 127 stay what they are. */
function lowerCased(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
