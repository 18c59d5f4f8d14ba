import { exposureOf } from "../exposure.ts";
import type { Publish } from "../invocation.ts";
import { hazards } from "../judgement/hazard.ts";
import { fixes, reachSentence, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf } from "../judgement/severity.ts";
import type { Endpoint, Launch, SettingUse } from "../launch.ts";
import { message } from "../message.ts";
import type { Problem, Rule, RulePage } from "./rule.ts";

export const internalPort: Rule = {
  id: "internal-port",
  title: "An internal port is open to the network",
  why: "Ports that the parts of a server use among themselves take whatever reaches them: they have no login, and many run the code they are sent.",

  check(launch) {
    const internal = launch.endpoints.filter(({ role }) => role === "internal");
    return [...hazards(launch, "internal-port"), ...internal.flatMap((endpoint) => checkEndpoint(launch, endpoint))];
  },
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Keep them on loopback or on a private network of the machines that need them; publish none of them.",
  not: "The port that people use; that is `public-publish`.",
  examples: {
    unsafe: [
      {
        text: "docker run -p «6379:6379» rayproject/ray ray start --head --block\n",
        severity: "error",
        fixed: "docker run -p 127.0.0.1:6379:6379 rayproject/ray ray start --head --block\n",
      },
    ],
    safe: [{ text: "docker run -p 127.0.0.1:6379:6379 rayproject/ray ray start --head --block\n" }],
  },
};

function checkEndpoint(launch: Launch, endpoint: Endpoint): Problem[] {
  const exposure = exposureOf(launch, endpoint);
  if (exposure.reach !== "network") return [];
  const shared = launch.endpoints
    .filter(({ role }) => role === "main")
    .flatMap((main) => exposureOf(launch, main).published);
  // A range that holds the main port too is reported once, as what people use.
  const published = exposure.published.filter((publish) => !shared.includes(publish));
  const bound = launch.runs.on === "container" ? [] : bindProblems(launch, endpoint);
  return [...published.map((publish) => publishProblem(launch, endpoint, publish)), ...bound];
}

function publishProblem(launch: Launch, endpoint: Endpoint, publish: Publish): Problem {
  return {
    ...common(launch, endpoint),
    at: publish.word.at,
    confidence: confidenceOf(launch, publish.container !== undefined),
    related: relatedUses(launch, [], publish.word.at),
    fixes: fixes(message("Publish it on this machine only"), publish.loopback(), true),
  };
}

function bindProblems(launch: Launch, endpoint: Endpoint): Problem[] {
  return endpoint.boundBy
    .filter(({ use }) => !hasOwnRow(launch, use))
    .map(({ use, at }) => ({
      ...common(launch, endpoint),
      at,
      confidence: confidenceOf(launch, use.via.length === 0),
      related: relatedUses(launch, use.via, at),
      fixes: fixes(message("Listen on this machine only"), endpoint.loopback(), false),
      reference: use.setting.reference,
    }));
}

/** The table says by itself what that setting does. */
function hasOwnRow({ tool }: Launch, { setting }: SettingUse): boolean {
  return tool.hazards.some((hazard) => hazard.rule === "internal-port" && hazard.setting === setting.name);
}

function common(launch: Launch, endpoint: Endpoint) {
  return {
    message: message(
      "{subject} is open to the network on a port that has no login and is meant for its own parts only.",
      {
        subject: subject(launch, endpoint),
      },
    ),
    severity: launch.tool.runsCode ? ("error" as const) : ("warning" as const),
    why: [reachSentence("network" as const)],
    reference: launch.tool.reference,
    cves: [],
  };
}
