import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";

/** A host as it is named on a command line, taken apart. */
export type HostName = { readonly host: string; readonly user?: string; readonly port?: number };

/**
 * Reads `host`, `user@host`, `host:port`, `[address]:port` and `ssh://user@host:port`, which is also all that
 * `ProxyJump` takes. Nothing else gets as far as a program's arguments or a shell; throws `bad-request`.
 */
export function parseHostName(name: string): HostName {
  const rest = /^ssh:\/\/([^/]*)\/?$/i.exec(name)?.[1] ?? name;
  const at = rest.lastIndexOf("@");
  const user = at < 0 ? undefined : rest.slice(0, at);
  const address = addressOf(rest.slice(at + 1));
  if (!allowed.test(rest) || !address || user === "" || user?.startsWith("-")) throw noName(name);
  return { ...address, ...(user === undefined ? {} : { user }) };
}

/** Whether `parseHostName` takes it. */
export function isHostName(name: string): boolean {
  try {
    parseHostName(name);
    return true;
  } catch {
    return false;
  }
}

const allowed = /^[A-Za-z0-9._:@%[\]-]+$/;

function addressOf(text: string): { host: string; port?: number } | undefined {
  // Several colons without brackets are an IPv6 address.
  if (/^[^[\]:]*:[^[\]]*:[^[\]]*$/.test(text)) return { host: text };
  const [, bracketed, bare, digits] = /^(?:\[([^[\]]+)\]|([^[\]:-][^[\]:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined) return undefined;
  if (digits === undefined) return { host };
  const port = Number(digits);
  return port >= 1 && port <= 65535 ? { host, port } : undefined;
}

function noName(name: string): TunnelError {
  const shown = harmless(name, { oneLine: true, most: 80 });
  return new TunnelError("bad-request", message("“{name}” cannot be the name of a host.", { name: shown }));
}
