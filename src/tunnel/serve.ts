import { message } from "../core/message.ts";
import type { Environment } from "./environment.ts";
import { TunnelError } from "./error.ts";
import type { Log } from "./log.ts";
import type { Prompts } from "./prompts.ts";
import type { ServiceOptions, TunnelService } from "./service.ts";
import type { TunnelStatus } from "./status.ts";

/** The SSH half: puts hosts, connections, discovery, launcher and tunnels together. */
export function openService(
  _environment: Environment,
  _prompts: Prompts,
  _log: Log,
  _onTunnel: (status: TunnelStatus) => void,
  _options: ServiceOptions = {},
): TunnelService {
  const later = () => Promise.reject(new TunnelError("bad-request", message("This does not work yet.")));
  return {
    hosts: later,
    discover: later,
    audit: later,
    open: later,
    tunnels: async () => [],
    reconnect: later,
    stop: later,
    start: later,
    started: later,
    stopServer: later,
    token: later,
    close: async () => undefined,
  };
}
