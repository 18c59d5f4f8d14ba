import { exposureOf } from "../exposure.ts";
import type { Invocation, Publish, Runs } from "../invocation.ts";
import type { Launch } from "../launch.ts";
import type { Tool } from "../tools/tool.ts";

/**
 * Launches that only a published port tells of: a container of one tool that publishes another tool's port too, and a
 * container of which nothing else can be read (its Dockerfile is not here) with a port that is one tool's own.
 * They are never more than a hint.
 */
export function launchesByPort(container: Invocation, found: readonly Launch[], tools: readonly Tool[]): Launch[] {
  const { publishes } = container.runs;
  // On the machine's own network nothing is published, whatever is written.
  if (container.runs.on !== "container" || publishes === "unknown" || container.runs.hostNetwork) return [];
  const isUnread = container.words.length === 0 && (container.unread === true || !container.image);
  if (found.length === 0 && !isUnread) return [];
  const led = new Set(
    found.flatMap((launch) => launch.endpoints.flatMap((each) => exposureOf(launch, each).published)),
  );
  const own = found.flatMap((launch) => launch.endpoints.flatMap(({ ports }) => ports));
  const isOwn = ({ container: port }: Publish) => port !== undefined && own.some((each) => each?.from === port.from);
  const left = publishes.filter((publish) => !led.has(publish) && !isOwn(publish));
  return left.flatMap((publish) => toolOf(publish, tools, isUnread).map((tool) => guessed(tool, publish, container)));
}

/** The tool whose own port it is. */
function toolOf({ container, protocol, address }: Publish, tools: readonly Tool[], alone: boolean): Tool[] {
  if (!container || container.from !== container.to || protocol !== "tcp" || address === "loopback") return [];
  return tools
    .filter((tool) =>
      tool.endpoints.some(({ port }) => {
        const tells = port.tells === "alone" || (port.tells === "beside" && !alone);
        return tells && port.default.includes(container.from);
      }),
    )
    .slice(0, 1);
}

function guessed(tool: Tool, publish: Publish, container: Invocation): Launch {
  const runs: Runs = { on: "container", publishes: [publish] };
  return {
    tool,
    at: container.at,
    command: { ...publish.word, implied: true },
    endpoints: [
      {
        role: "main",
        bind: { value: "unknown", via: [] },
        boundBy: [],
        loopback: () => undefined,
        addLoopback: () => undefined,
        ports: [publish.container],
        defaultPort: false,
      },
    ],
    auth: { value: tool.auth.default, via: [] },
    authUses: [],
    user: { value: "unknown", via: [] },
    runs,
    settings: new Map(),
    overruled: new Map(),
    detached: container.background === true,
    dropsRoot: false,
    knownBy: "port",
    because: container.because,
  };
}
