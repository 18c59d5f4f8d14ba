import type { Clock } from "../clock.ts";
import type { Connections } from "../connection/connections.ts";
import { openForwarder } from "../forward/forwarder.ts";
import type { PortWish } from "../forward/ports.ts";
import type { Log } from "../log.ts";
import type { OpenRequest } from "../service.ts";
import { type MachineOf, machineCheck } from "./machine-check.ts";
import type { RememberedPorts } from "./remembered-ports.ts";
import type { SlotParts } from "./slot.ts";
import { openTunnel } from "./tunnel.ts";

/** What every tunnel of a service is made with. */
export type MakerParts = {
  readonly connections: Connections;
  readonly ports: RememberedPorts;
  readonly machineOf: MachineOf;
  readonly reconnects: boolean;
  readonly clock: Clock;
  readonly log: Log;
};

export function tunnelMaker({ connections, ports, machineOf, reconnects, clock, log }: MakerParts): SlotParts["make"] {
  return async (request, publish, signal) => {
    const tunnel = await openTunnel(
      request,
      {
        ...{ clock, log, reconnects, publish },
        listen: (open, guarded) => openForwarder({ port: wish(request, ports), open, log, guarded }),
        hold: (wanted) => connections.hold(request, wanted),
        checkMachine: machineCheck(request.target, request.machine, machineOf, log),
      },
      signal,
    );
    ports.remember(request.id, tunnel.status().localPort);
    return tunnel;
  };
}

/** The port it had, or else the service's own number, which people know by heart. */
function wish({ id, localPort, target }: OpenRequest, ports: RememberedPorts): PortWish {
  if (localPort !== undefined) return { fixed: localPort };
  const own = target.kind === "tcp" ? target.port : undefined;
  return { preferred: [ports.of(id), own].filter((port) => port !== undefined) };
}
