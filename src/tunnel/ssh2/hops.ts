import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { chainOf } from "../openssh/chain.ts";
import { openStream } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { logIn } from "./login.ts";
import { overProgram } from "./proxy-command.ts";
import { inPackets, type OpenTransport, overTcp } from "./transport.ts";

/** How a host is reached: through how many others, it does not need to know. */
export type Way = {
  readonly open: OpenTransport;
  /** The names of the hosts on it, from the first jump host to the host itself. */
  readonly hops: readonly string[];
  /** Leaves the jump hosts; settles when nothing of the connections to them is left. */
  close(): Promise<void>;
};

/**
 * The way to a host: directly, through its ProxyCommand, or through jump hosts, each of which is logged in to as the
 * config says for it, with its own key verified under its own name. Rejects with what went wrong on the way.
 */
export async function wayTo(host: Host, session: Session, signal: AbortSignal): Promise<Way> {
  const hosts = (await chainOf(host, session, signal)).map((hop) => hop.host);
  const passed: Connection[] = [];
  const close = async () => {
    // The last first, as each is reached through the one before.
    for (const connection of passed.toReversed()) await connection.close();
  };
  let open = firstLeg(hosts[0] ?? host, session);
  try {
    for (const [index, next] of hosts.slice(1).entries()) {
      const { connection } = await logIn(hosts[index] ?? host, session, open, signal);
      passed.push(connection);
      open = through(connection, next);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { open, hops: hosts.map(({ name }) => name), close };
}

function firstLeg(host: Host, session: Session): OpenTransport {
  return host.proxyCommand === undefined ? overTcp(host) : overProgram(host, host.proxyCommand, session);
}

/** A channel of a jump host, as `ssh -J` uses it. */
function through(jump: Connection, { hostname, port }: Host): OpenTransport {
  return async (signal) => {
    try {
      return inPackets(await openStream(jump, { kind: "tcp", host: hostname, port }, signal));
    } catch (error) {
      // What is no server's fault to the jump host is a network's to us, and may pass.
      if (!(error instanceof TunnelError) || error.code !== "nothing-listens") throw error;
      const values = {
        jump: jump.host.name,
        hostname,
        port,
        reason: harmless(String(error.said.values["reason"] ?? "")),
      };
      throw new TunnelError(
        "unreachable",
        message("{jump} does not reach {hostname}, port {port}: {reason}", values),
        error,
      );
    }
  };
}
