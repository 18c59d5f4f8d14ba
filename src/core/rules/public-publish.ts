import { exposureOf } from "../exposure.ts";
import type { Publish } from "../invocation.ts";
import { danger, fixes, listens, reachSentence, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf, exposureSeverity } from "../judgement/severity.ts";
import type { Endpoint, Launch } from "../launch.ts";
import { message } from "../message.ts";
import { origin } from "../word.ts";
import type { Problem, Rule, RulePage } from "./rule.ts";

export const publicPublish: Rule = {
  id: "public-publish",
  title: "The container's port is open to the network",
  why: "A port that is published without an address listens on every interface of the machine, and Docker puts its own rules in front of ufw and firewalld, so the firewall does not hold it back.",

  check(launch) {
    if (launch.runs.on !== "container") return [];
    return launch.endpoints
      .filter(({ role }) => role === "main")
      .flatMap((endpoint) => checkEndpoint(launch, endpoint));
  },
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Publish it on loopback, `127.0.0.1:8888:8888`, and reach it through an SSH tunnel.",
  not: "Ports published on 127.0.0.1, `expose`, and ports of other services such as a database.",
  examples: {
    unsafe: [
      {
        text: "docker run -p «8888:8888» quay.io/jupyter/base-notebook\n",
        severity: "warning",
        fixed: "docker run -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook\n",
      },
      {
        path: "compose.yaml",
        text: 'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports:\n      - «"8888:8888"»\n',
        severity: "warning",
        fixed:
          'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    ports:\n      - "127.0.0.1:8888:8888"\n',
      },
    ],
    safe: [
      { text: "docker run -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook\n" },
      { text: "docker run -p 5432:5432 postgres\n" },
      {
        path: "compose.yaml",
        text: 'services:\n  lab:\n    image: quay.io/jupyter/base-notebook\n    expose:\n      - "8888"\n',
      },
    ],
  },
};

function checkEndpoint(launch: Launch, endpoint: Endpoint): Problem[] {
  const exposure = exposureOf(launch, endpoint);
  const severity = exposureSeverity(launch, exposure.reach);
  if (severity === undefined) return [];
  const common = { severity, why: [reachSentence(exposure.reach)], reference: dockerReference, cves: [] };
  if (launch.runs.hostNetwork)
    return exposure.reach === "network" ? [{ ...common, ...onHostNetwork(launch, endpoint) }] : [];
  return exposure.published.map((publish) => ({ ...common, ...published(launch, endpoint, publish) }));
}

const dockerReference = "https://docs.docker.com/engine/network/port-publishing/";

type Part = Pick<Problem, "at" | "message" | "confidence" | "related" | "fixes" | "listens">;

function published(launch: Launch, endpoint: Endpoint, publish: Publish): Part {
  const at = publish.word.at;
  const certain = endpoint.ports.some((port) => port !== undefined) && publish.container !== undefined;
  return {
    at,
    message: says(launch, endpoint, publish),
    confidence: confidenceOf(launch, certain),
    related: relatedUses(launch, [], at),
    fixes: fixes(message("Publish it on this machine only"), publish.loopback(), true),
    listens: listens(launch, [publish.host]),
  };
}

/** On the machine's own network nothing is published: whatever it listens on is the machine's. */
function onHostNetwork(launch: Launch, endpoint: Endpoint): Part {
  const network = launch.runs.hostNetwork;
  const at = network ? origin(network) : launch.command.at;
  return {
    at,
    message: message("{subject} runs on the machine's own network: {danger}.", {
      subject: subject(launch, endpoint),
      danger: danger(launch, message("anyone who can reach the machine")),
    }),
    confidence: confidenceOf(launch, endpoint.bind.value !== "unknown"),
    related: relatedUses(launch, [], at),
    fixes: fixes(message("Listen on this machine only"), endpoint.loopback(), true),
    listens: listens(launch, endpoint.ports),
  };
}

function says(launch: Launch, endpoint: Endpoint, { address }: Publish) {
  const values = {
    subject: subject(launch, endpoint),
    danger: danger(launch, message("anyone on the network")),
  };
  if (launch.knownBy === "port") {
    return message(
      "{subject} takes this port, which is published to the network; nothing here says what runs.",
      values,
    );
  }
  return address === "address"
    ? message("This port of {subject} is published on an address of the network: {danger}.", values)
    : message("This port of {subject} is published on every interface of the machine: {danger}.", values);
}
