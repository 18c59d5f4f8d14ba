import type { Ports, Publish } from "./invocation.ts";
import type { Endpoint, Launch } from "./launch.ts";
import type { Place } from "./text.ts";
import { origin } from "./word.ts";

/** Who can reach something that listens. */
export type Reach = "machine" | "network" | "internet" | "unknown";

/** Who can reach an endpoint, and the places that make it so. */
export type Exposure = {
  readonly reach: Reach;
  readonly because: readonly Place[];
  /** The published ports that lead to it from other machines. */
  readonly published: readonly Publish[];
};

/** From the one that matters least to the one that matters most. */
const order: readonly Reach[] = ["machine", "unknown", "network", "internet"];

function worstReach(reaches: readonly Reach[]): Reach {
  return reaches.reduce((worst, reach) => (order.indexOf(reach) > order.indexOf(worst) ? reach : worst), "machine");
}

/** Who can reach a launch: whoever can reach any of its endpoints. One that listens on nothing is not known. */
export function launchReach(launch: Launch): Reach {
  if (launch.endpoints.length === 0) return "unknown";
  return worstReach(launch.endpoints.map((endpoint) => exposureOf(launch, endpoint).reach));
}

/** Who can reach one endpoint of a launch. */
export function exposureOf(launch: Launch, endpoint: Endpoint): Exposure {
  const { runs } = launch;
  if (runs.on !== "container") return byBind(endpoint);
  if (runs.hostNetwork) {
    const exposure = byBind(endpoint);
    // On the machine's own network an address that is not known to be loopback is one that others may reach.
    const reach = exposure.reach === "unknown" ? "network" : exposure.reach;
    return { ...exposure, reach, because: [...exposure.because, origin(runs.hostNetwork)] };
  }
  if (endpoint.bind.value === "loopback" && endpoint.boundBy.length > 0) return nobodyElse;
  if (runs.publishes === "unknown") return { reach: "unknown", because: [], published: [] };
  return byPublish(publishesTo(endpoint, runs.publishes, launch.endpoints));
}

const nobodyElse: Exposure = { reach: "machine", because: [], published: [] };

function byBind({ bind, boundBy }: Endpoint): Exposure {
  const because = boundBy.map(({ at }) => at);
  const reach = bind.value === "loopback" ? "machine" : bind.value === "unknown" ? "unknown" : "network";
  return { reach, because, published: [] };
}

function byPublish(publishes: readonly Publish[]): Exposure {
  const open = publishes.filter(({ address }) => address === "all" || address === "address");
  if (open.length > 0) return { reach: "network", because: open.map(({ word }) => origin(word)), published: open };
  const doubtful = publishes.some(({ address }) => address === "unknown");
  return doubtful ? { reach: "unknown", because: [], published: [] } : nobodyElse;
}

/** Ports that other programs are known for: publishing one says nothing of this launch while its own is unknown. */
const ofOthers = new Set([
  20, 21, 22, 25, 53, 1433, 2181, 2375, 2376, 3306, 5432, 5672, 9092, 9200, 9300, 11211, 15672, 27017,
]);

/**
 * The published ports that lead to an endpoint. Where the port is not known, every TCP port counts but other programs'
 * own; so it does where nobody gave the port and none of the tool's own is published. A port that is known to lead to
 * another endpoint of the launch leads there.
 */
function publishesTo(endpoint: Endpoint, publishes: readonly Publish[], all: readonly Endpoint[]): Publish[] {
  const tcp = publishes.filter(({ protocol }) => protocol === "tcp");
  const certain = tcp.filter(({ container }) => endpoint.ports.some((port) => overlap(port, container)));
  if (certain.length > 0) return certain;
  const known = endpoint.ports.length > 0 && endpoint.ports.every((port) => port !== undefined);
  if (endpoint.role === "internal" || (known && !endpoint.defaultPort)) return [];
  const taken = all.filter((other) => other !== endpoint).flatMap(({ ports }) => ports);
  return tcp.filter(({ container }) => {
    if (container === undefined) return true;
    return !ofOthers.has(container.from) && !taken.some((port) => port !== undefined && overlap(port, container));
  });
}

/** Whether two ranges share a port; an unknown one is some port and shares any. */
function overlap(a: Ports, b: Ports): boolean {
  return a === undefined || b === undefined || (a.from <= b.to && b.from <= a.to);
}
