import type { Fact, Runs } from "../../invocation.ts";
import { userFact } from "../../user.ts";
import { literal, spelled } from "../../word.ts";
import { field, type Project, type Service, textOf, wordOf } from "./project.ts";
import { publishedPorts } from "./published.ts";

/** Where a service runs and what of it is passed on; on another service's network that one's ports count too. */
export function serviceRuns(service: Service, project: Project, seen: ReadonlySet<Service> = new Set()): Runs {
  const network = wordOf(field(service, "network_mode"), project.lookup);
  const privileged = wordOf(field(service, "privileged"), project.lookup);
  const shared = networkOwner(literal(network), project);
  const visited = new Set([...seen, service]);
  const owner = shared && !visited.has(shared) ? serviceRuns(shared, project, visited) : undefined;
  const own = publishedPorts(service, project);
  const others = owner?.publishes ?? [];
  const isForeign = /^container:/.test(literal(network) ?? "") && !owner;
  const hostNetwork = network && literal(network) === "host" ? network : owner?.hostNetwork;
  return {
    on: "container",
    publishes: isForeign || others === "unknown" ? "unknown" : [...own, ...others],
    ...(hostNetwork && { hostNetwork }),
    ...(privileged && /^(true|yes|on)$/i.test(spelled(privileged)) && { privileged }),
  };
}

/** The user that a service runs as, as far as it says. */
export function serviceUser(service: Service, project: Project): Fact<"root" | "other"> | undefined {
  const word = wordOf(field(service, "user"), project.lookup);
  return word && spelled(word) !== "" ? userFact(word) : undefined;
}

/** The service whose network `network_mode` joins: `service:NAME` or `container:CONTAINER_NAME`. */
function networkOwner(mode: string | undefined, project: Project): Service | undefined {
  const [, kind, name] = /^(service|container):(.+)$/.exec(mode ?? "") ?? [];
  if (kind === undefined) return undefined;
  return project.services.find((service) =>
    kind === "service" ? service.name === name : textOf(field(service, "container_name"), project) === name,
  );
}
