import { type ServiceKind, serviceKinds } from "../../tunnel/discovery/server.ts";
import type { Target } from "../../tunnel/target.ts";
import { usage } from "../arguments.ts";

/** Where a tunnel is to lead: an address, or a server to look for by its kind or name. */
export type To = { readonly target: Target } | { readonly kind: ServiceKind } | { readonly named: string };

/** Reads `--to`. */
export function readTo(text: string): To {
  const kind = serviceKinds.find((each) => each === text);
  if (kind) return { kind };
  if (/^\d+$/.test(text)) return { target: { kind: "tcp", host: "127.0.0.1", port: readPort("--to", text) } };
  if (text.includes("/")) return { target: { kind: "unix", path: socketPath(text) } };
  const [, bracketed, bare, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (host !== undefined && port !== undefined) return { target: { kind: "tcp", host, port: readPort("--to", port) } };
  if (serviceKinds.some((each) => text.startsWith(`${each}-`))) return { named: text };
  throw usage(`--to is a port, HOST:PORT, the path of a socket, or one of ${serviceKinds.join(", ")}`);
}

/** A port that can be connected to. */
export function readPort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw usage(`${option} ${text}: a port is a number from 1 to 65535`);
  return port;
}

function socketPath(text: string): string {
  if (!text.startsWith("/") || text.endsWith("/") || text.includes("\0")) {
    throw usage(`--to ${text}: the path of a socket on the host begins with / and ends with its name`);
  }
  return text;
}
