import { isIPv4, isIPv6 } from "node:net";

/** Who can reach what listens on an address: everybody on the network unless it is this machine's own loopback. */
export function reachOf(address: string): "loopback" | "network" {
  const plain = withoutZone(address);
  if (isIPv4(plain)) return plain.startsWith("127.") ? "loopback" : "network";
  return plain === "::1" || plain === "localhost" ? "loopback" : "network";
}

/** Where a program on the same machine connects to, for something that listens on `address`. */
export function dialled(address: string): string {
  return isWildcard(address) ? "127.0.0.1" : withoutZone(address);
}

export function isWildcard(address: string): boolean {
  return address === "" || address === "*" || address === "0.0.0.0" || address === "::";
}

/** `127.0.0.53%lo`: the interface is of no use elsewhere. */
function withoutZone(address: string): string {
  return address.replace(/%.*/, "");
}

/**
 * An address as /proc/net/tcp and tcp6 write it, `0100007F:22B8`: each 32 bits as a number of the machine, which is
 * little-endian wherever we look. `undefined` where it is none.
 */
export function addressOfProc(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, words = "", port = ""] = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/.exec(text) ?? [];
  const bytes = (words.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, "hex")].reverse());
  const host = bytes.length === 4 ? bytes.join(".") : ipv6(bytes);
  return host === undefined ? undefined : { host, port: Number.parseInt(port, 16) };
}

function ipv6(bytes: readonly number[]): string | undefined {
  if (bytes.length !== 16) return undefined;
  const hex = Buffer.from(bytes).toString("hex");
  if (hex.startsWith("00000000000000000000ffff")) return bytes.slice(12).join(".");
  // URL knows how an IPv6 address is shortened.
  return new URL(`http://[${hex.match(/.{4}/g)?.join(":")}]`).hostname.slice(1, -1);
}

/** Whether a text is an address rather than a name. */
export function isAddress(text: string): boolean {
  return isIPv4(withoutZone(text)) || isIPv6(withoutZone(text));
}

/** `node17` and `node17.cluster.example` are one. */
export function firstLabel(name: string): string | undefined {
  return name.toLowerCase().split(".")[0];
}
