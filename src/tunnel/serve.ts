import { join } from "node:path";
import { message } from "../core/message.ts";
import { type Making, openConnections } from "./connection/connections.ts";
import { knownSecrets } from "./connection/known-secrets.ts";
import { serverNamed } from "./discovery/named.ts";
import type { Environment } from "./environment.ts";
import { TunnelError } from "./error.ts";
import { harmless } from "./harmless.ts";
import type { Link } from "./link.ts";
import type { Log } from "./log.ts";
import { openOwnership } from "./owner/ownership.ts";
import { type Parts, realParts } from "./parts.ts";
import type { Prompts } from "./prompts.ts";
import type { HostRequest, ServiceOptions, TunnelService } from "./service.ts";
import type { TunnelStatus } from "./status.ts";
import { trustedKeys } from "./trust.ts";
import { tunnelMaker } from "./tunnel/make.ts";
import { rememberedPorts } from "./tunnel/remembered-ports.ts";
import { openTunnels, type Tunnels } from "./tunnel/tunnels.ts";

/**
 * The SSH half: puts hosts, connections, discovery, launcher and tunnels together. Touches nothing before the first
 * call; `close` leaves nothing behind.
 */
export function openService(
  environment: Environment,
  prompts: Prompts,
  log: Log,
  onTunnel: (status: TunnelStatus) => void,
  options: ServiceOptions = {},
  parts: Parts = realParts,
): TunnelService {
  const resolve = (name: string, signal: AbortSignal) => parts.resolveHost(name, environment, log, signal);
  const connections = openConnections({ resolve, connector, clock: parts.clock });
  let opened: Tunnels | undefined;

  function connector(): ReturnType<Making["connector"]> {
    const trusted = trustedKeys(options.acceptedKeys);
    const logIn = knownSecrets();
    const session = { environment, log, resolve, trusted, keepaliveSeconds: options.keepaliveSeconds ?? 15 };
    return (host, engine, signal) =>
      logIn(prompts, (asking) => parts.connect(host, { ...session, prompts: asking }, signal, engine));
  }

  function tunnels(): Tunnels {
    opened ??= openTunnels({
      ownership: openOwnership(environment, log),
      make: tunnelMaker({
        ...{ connections, log },
        ...{ clock: parts.clock, machineOf: parts.machineOf },
        ports: rememberedPorts(join(environment.stateFolder, "ports.json"), log),
        reconnects: options.reconnect ?? true,
      }),
      publish: onTunnel,
      log,
    });
    return opened;
  }

  /** Lends the host's link; it is the same one that the tunnels to that host use. */
  async function withLink<T>(request: HostRequest, signal: AbortSignal, use: (link: Link) => Promise<T>): Promise<T> {
    const { connection, release } = await connections.hold(request, signal);
    try {
      return await use(await connection.link(signal));
    } finally {
      release();
    }
  }

  async function token(link: Link, name: string, signal: AbortSignal): Promise<string | undefined> {
    const { servers } = await parts.discover(link, signal);
    const server = await serverNamed(name, servers, () => parts.listStarted(link, signal));
    if (!server) throw noSuchServer(link, name);
    return parts.tokenOf(link, server, signal);
  }

  /** Nothing is kept open for it, so nobody has to close it. */
  const here = () => parts.localLink(environment);

  return {
    hosts: async () => parts.listHosts(environment),
    discover: (request, signal) => withLink(request, signal, (link) => parts.discover(link, signal)),
    audit: (request, signal) => withLink(request, signal, (link) => parts.audit(link, signal)),
    open: async (request, signal) => tunnels().open(request, signal),
    tunnels: async () => tunnels().all(),
    reconnect: async (request, signal) => tunnels().reconnect(request, signal),
    stop: async (request, signal) => tunnels().stop(request, signal),
    start: (request, signal) => withLink(request, signal, (link) => parts.startServer(link, request, signal)),
    started: (request, signal) => withLink(request, signal, (link) => parts.listStarted(link, signal)),
    stopServer: (request, signal) => withLink(request, signal, (link) => parts.stopStarted(link, request.name, signal)),
    token: (request, signal) => withLink(request, signal, (link) => token(link, request.server, signal)),
    auditHere: async (_, signal) => parts.auditLocally(here(), signal),
    stopHere: async (request, signal) => parts.stopLocally(here(), request, signal),
    commandsHere: async (request, signal) => parts.runningCommands(here(), request, signal),
    async close() {
      await opened?.close();
      await connections.close();
    },
  };
}

function noSuchServer({ host }: Link, name: string): TunnelError {
  const values = { name: harmless(name, { oneLine: true }), host: host.name };
  return new TunnelError("no-such-server", message("There is no server {name} on {host}.", values));
}
