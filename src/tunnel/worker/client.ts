import type { Environment } from "../environment.ts";
import { cancelled, type TunnelError } from "../error.ts";
import type { Log } from "../log.ts";
import type { Prompts } from "../prompts.ts";
import type { ServiceOptions, TunnelService } from "../service.ts";
import type { TunnelStatus } from "../status.ts";
import { knownTunnels } from "./known-tunnels.ts";
import { type RunningWorker, startWorker } from "./running.ts";

/**
 * The SSH half in a worker, with what it asks answered here. The worker starts with the first call and keeps the
 * process alive only while a call or a tunnel needs it, so that a command ends by itself. If it crashes, every call
 * rejects with `worker-crashed` and every tunnel is shown as failed; it is started again once, and *reconnect* then
 * opens a tunnel as it was.
 */
export function startService(
  environment: Environment,
  prompts: Prompts,
  log: Log,
  onTunnel: (status: TunnelStatus) => void,
  options: ServiceOptions = {},
): TunnelService {
  const tunnels = knownTunnels(onTunnel);
  let worker: RunningWorker | undefined;
  let restartsLeft = 1;
  let over: TunnelError | undefined;

  function onCrash(error: TunnelError): void {
    worker = undefined;
    if (restartsLeft-- === 0) over ??= error;
    tunnels.fail(error);
  }

  const call: RunningWorker["call"] = (name, request, signal) => {
    if (over) throw over;
    worker ??= startWorker({ environment, options }, { prompts, log, tunnels, onCrash });
    return worker.call(name, request, signal);
  };

  return {
    hosts: async (request, signal) => call("hosts", request, signal),
    discover: async (request, signal) => call("discover", request, signal),
    audit: async (request, signal) => call("audit", request, signal),
    open: async (request, signal) => call("open", tunnels.asked(request), signal),
    async tunnels(request, signal) {
      const lost = tunnels.lostOnes();
      return over ? lost : [...lost, ...(await call("tunnels", request, signal))];
    },
    async reconnect(request, signal) {
      const lost = tunnels.lost(request.id);
      return lost ? call("open", lost, signal) : call("reconnect", request, signal);
    },
    async stop(request, signal) {
      if (!tunnels.forget(request.id)) await call("stop", request, signal);
    },
    start: async (request, signal) => call("start", request, signal),
    started: async (request, signal) => call("started", request, signal),
    stopServer: async (request, signal) => call("stopServer", request, signal),
    token: async (request, signal) => call("token", request, signal),
    auditHere: async (request, signal) => call("auditHere", request, signal),
    stopHere: async (request, signal) => call("stopHere", request, signal),
    commandsHere: async (request, signal) => call("commandsHere", request, signal),
    async close(_, signal) {
      over ??= cancelled();
      await worker?.close(signal);
      worker = undefined;
    },
  };
}
