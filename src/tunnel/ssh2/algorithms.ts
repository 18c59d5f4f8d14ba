import { getCiphers } from "node:crypto";
import type { Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from "ssh2";
import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";

/** What is offered unasked, the best first, and what only a config that names it gets. */
type Choice<Name extends string> = { readonly usual: readonly Name[]; readonly named: readonly Name[] };

/**
 * The algorithms to offer: those that the config allows, in our order, as `ssh -G` does not tell a list that the user
 * wrote from OpenSSH's own. Key types that are known for the host come first. Throws `no-common-algorithm`.
 */
export function algorithmsFor(host: Host, knownTypes: readonly string[]): Algorithms {
  const { ciphers: allowed, kex: exchanges, macs: codes, hostKeys: keys } = host.algorithms;
  return {
    cipher: chosen(host, "cipher", availableCiphers(), allowed),
    kex: chosen(host, "key exchange", keyExchanges, exchanges),
    hmac: chosen(host, "MAC", macs, codes),
    serverHostKey: knownFirst(chosen(host, "host key", hostKeys, keys), knownTypes),
    // It would run on the thread that carries the data, and what is worth carrying is compressed already.
    compress: ["none"],
  };
}

// Measured in `tunnels-facts.md` C.3: GCM is the fastest in Node, chacha20 the slowest by far.
const ciphers: Choice<CipherAlgorithm> = {
  usual: [
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "chacha20-poly1305@openssh.com",
  ],
  named: ["aes256-cbc", "aes192-cbc", "aes128-cbc"],
};

// No group exchange, which has crashed Electron (sshfs#239), and no group 1; otherwise as in OpenSSH's myproposal.h.
const keyExchanges: Choice<KexAlgorithm> = {
  usual: [
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group14-sha256",
  ],
  named: ["diffie-hellman-group14-sha1"],
};

const macs: Choice<MacAlgorithm> = {
  usual: [
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha2-512",
    "hmac-sha1-etm@openssh.com",
    "hmac-sha1",
  ],
  named: [],
};

const hostKeys: Choice<ServerHostKeyAlgorithm> = {
  usual: [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
  ],
  named: ["ssh-rsa"],
};

/** Electron's BoringSSL has no plain chacha20, and ssh2 throws when it is asked for what the runtime lacks. */
function availableCiphers(): Choice<CipherAlgorithm> {
  const available = new Set(getCiphers());
  const isThere = (name: CipherAlgorithm) => available.has(runtimeName(name));
  return { usual: ciphers.usual.filter(isThere), named: ciphers.named.filter(isThere) };
}

function runtimeName(cipher: CipherAlgorithm): string {
  return cipher === "chacha20-poly1305@openssh.com" ? "chacha20" : cipher.replace(/^aes(\d+)-(\w+).*$/, "aes-$1-$2");
}

/** In the syntax of ssh_config(5), `Ciphers`: a list, or one to add (`+`), to put first (`^`) or to take away (`-`). */
function chosen<Name extends string>(
  { name: host }: Host,
  what: string,
  { usual, named }: Choice<Name>,
  allowed: readonly string[] = [],
): Name[] {
  const sign = /^[-+^]/.exec(allowed[0] ?? "")?.[0];
  const patterns = allowed.map((name, index) => patternOf(index === 0 && sign ? name.slice(1) : name));
  const isNamed = (name: Name) => patterns.some((pattern) => pattern.test(name));
  const list =
    sign === "-"
      ? usual.filter((name) => !isNamed(name))
      : [...usual.filter((name) => sign || allowed.length === 0 || isNamed(name)), ...named.filter(isNamed)];
  if (list.length > 0) return list;
  const template = "The ssh config of {host} allows no {what} algorithm that the built-in engine has.";
  throw new TunnelError("no-common-algorithm", message(template, { host, what }));
}

function patternOf(name: string): RegExp {
  const literal = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** As OpenSSH does (`order_hostkeyalgs` in sshconnect2.c), so that a host shows the key that it is known by. */
function knownFirst(list: readonly ServerHostKeyAlgorithm[], knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const isKnown = (name: string) => knownTypes.includes(name.startsWith("rsa-sha2-") ? "ssh-rsa" : name);
  return [...list.filter(isKnown), ...list.filter((name) => !isKnown(name))];
}
