import { message } from "../../core/message.ts";
import type { Machine } from "../discovery/server.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import type { Log } from "../log.ts";
import type { Target } from "../target.ts";

export type MachineOf = (link: Link, signal: AbortSignal) => Promise<Machine>;

/** Rejects with `other-node` where a link leads to another machine than the one that the server runs on. */
export type MachineCheck = (link: Link, signal: AbortSignal) => Promise<void>;

/**
 * Several machines may answer to one name, as login nodes do. The server's is the one it was found on, or else the one
 * that the first link leads to. A target that has an address of its own is the same from each of them.
 */
export function machineCheck(
  target: Target,
  foundOn: Machine | undefined,
  machineOf: MachineOf,
  log: Log,
): MachineCheck {
  let expected = foundOn;
  let first = true;

  return async (link, signal) => {
    if (!isOnHost(target)) return;
    const ask = () => machineOf(link, signal).catch((error) => unknown(error, log));
    if (expected) refuseOther(link, expected, await ask());
    // Nobody waits for the first answer. Where it fails with its link, what follows from that is seen elsewhere.
    else if (first) void ask().then((found) => (expected = found), ignored);
    first = false;
  };
}

function ignored(): void {}

function isOnHost(target: Target): boolean {
  return target.kind === "unix" || /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0|::)$/i.test(target.host);
}

/** A host that tells nothing may be the right one; whether the service answers is seen anyway. */
function unknown(error: unknown, log: Log): undefined {
  if (error instanceof TunnelError && error.code !== "cannot-look") throw error;
  log("info", `The machine cannot be told: ${String(error)}`);
}

function refuseOther({ host }: Link, expected: Machine, found: Machine | undefined): void {
  if (!found || found.id === expected.id) return;
  const template = "{host} led to {found}, but the server runs on {expected}.";
  const values = { host: host.name, found: harmless(found.hostname), expected: harmless(expected.hostname) };
  throw new TunnelError("other-node", message(template, values));
}
