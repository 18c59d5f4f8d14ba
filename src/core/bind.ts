import type { Bind } from "./invocation.ts";

/** How far an address reaches; a host name other than `localhost` is unknown until it is looked up. */
export function readBind(text: string): Bind | "unknown" {
  const address = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (address === "" || address === "*" || address === "0") return "all";
  if (address === "localhost") return "loopback";
  return readIpv4(address) ?? readIpv6(address) ?? "unknown";
}

/** Whether the text is an IPv4 or IPv6 address, in brackets or not: docker publishes on nothing else. */
export function isAddress(text: string): boolean {
  const address = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return readIpv4(address) !== undefined || readIpv6(address) !== undefined;
}

function readIpv4(address: string): Bind | undefined {
  // `127.1` is short for 127.0.0.1 wherever inet_aton reads the address.
  if (/^127(\.\d{1,3}){1,3}$/.test(address)) return "loopback";
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return undefined;
  return /^0+(\.0+){3}$/.test(address) ? "all" : "address";
}

function readIpv6(address: string): Bind | undefined {
  const [, head, tail] = /^([0-9a-f:]*?)(\d{1,3}(?:\.\d{1,3}){3})?(?:%.*)?$/.exec(address) ?? [];
  if (head === undefined || !head.includes(":")) return undefined;
  const groups = ipv6Groups(head, tail !== undefined);
  if (!groups) return undefined;
  const zero = groups.every((group) => group === 0);
  if (tail !== undefined) {
    const mapped = zero || (groups.at(-1) === 0xffff && groups.slice(0, -1).every((group) => group === 0));
    return mapped ? readIpv4(tail) : "address";
  }
  if (zero) return "all";
  return groups.at(-1) === 1 && groups.slice(0, -1).every((group) => group === 0) ? "loopback" : "address";
}

/** The eight numbers of an IPv6 address, or the six before an IPv4 tail. */
function ipv6Groups(head: string, hasTail: boolean): number[] | undefined {
  const size = hasTail ? 6 : 8;
  const [before = "", after, more] = (hasTail ? head.replace(/([^:]):$/, "$1") : head).split("::");
  if (more !== undefined) return undefined;
  const start = numbers(before);
  const end = numbers(after ?? "");
  if (!start || !end) return undefined;
  const missing = size - start.length - end.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...start, ...Array<number>(missing).fill(0), ...end];
}

function numbers(groups: string): number[] | undefined {
  if (groups === "") return [];
  const parts = groups.split(":");
  return parts.every((part) => /^[0-9a-f]{1,4}$/.test(part))
    ? parts.map((part) => Number.parseInt(part, 16))
    : undefined;
}
