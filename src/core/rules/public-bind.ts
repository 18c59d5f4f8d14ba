import { type Exposure, exposureOf } from "../exposure.ts";
import { danger, fixes, listens, reachSentence, relatedExposure, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf, exposureSeverity } from "../judgement/severity.ts";
import type { Endpoint, Launch } from "../launch.ts";
import { message, sentences } from "../message.ts";
import type { Problem, Rule, RulePage } from "./rule.ts";

export const publicBind: Rule = {
  id: "public-bind",
  title: "Listens on every interface",
  why: "A server that listens on every interface, or on an address of the network, answers everyone who can reach the machine: the office, the cluster, and on a cloud machine often the internet.",

  check(launch) {
    return launch.endpoints
      .filter(({ role }) => role === "main")
      .flatMap((endpoint) => checkEndpoint(launch, endpoint));
  },
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead:
    "Listen on 127.0.0.1 and reach it through an SSH tunnel: `ssh -N -L 8888:127.0.0.1:8888 user@host`. In a container the server has to listen on every interface; publish its port on 127.0.0.1 instead.",
  not: "`0.0.0.0` in a URL, a health check or an echo; a tool's own default in a container; an address that is only known when it runs.",
  examples: {
    unsafe: [
      { text: "jupyter lab --ip=«0.0.0.0» --port=8888\n", severity: "warning", fixed: "jupyter lab --port=8888\n" },
      { text: "tensorboard --logdir runs «--bind_all»\n", severity: "warning", fixed: "tensorboard --logdir runs\n" },
      {
        text: "HOST=«0.0.0.0»\nmlflow server --host $HOST\n",
        severity: "warning",
        fixed: "HOST=127.0.0.1\nmlflow server --host $HOST\n",
      },
      { path: "Dockerfile", text: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=«0.0.0.0»"]\n', severity: "info" },
    ],
    safe: [
      { text: "jupyter lab\n" },
      { text: "jupyter lab --ip=127.0.0.1\n" },
      { text: "curl http://0.0.0.0:8888/api\n" },
      { text: "echo jupyter lab --ip=0.0.0.0\n" },
      { text: 'jupyter lab --ip="$HOST"\n' },
    ],
  },
};

function checkEndpoint(launch: Launch, endpoint: Endpoint): Problem[] {
  const { bind, boundBy } = endpoint;
  if (bind.value !== "all" && bind.value !== "address") return [];
  if (boundBy.length === 0) return byDefault(launch, endpoint);
  const exposure = exposureOf(launch, endpoint);
  const graded = exposureSeverity(launch, exposure.reach);
  // Published on loopback, or behind a login that is off for this machine only: the bind opens nothing.
  if (graded === undefined || exposure.reach === "machine") return [];
  const inContainer = launch.runs.on === "container" && !launch.runs.hostNetwork;
  return boundBy.map(({ use, at }) => ({
    at,
    message: inContainer ? needed(launch, endpoint) : exposed(launch, endpoint),
    // In a container of its own it has to listen everywhere; the danger is where the port is published.
    severity: inContainer ? "info" : graded,
    confidence: confidenceOf(launch, use.via.length === 0),
    related: [...relatedUses(launch, use.via, at), ...relatedExposure(exposure, at)],
    fixes: inContainer ? publishFixes(exposure, at.path) : bindFixes(launch, endpoint),
    listens: listens(launch, inContainer ? exposure.published.map(({ host }) => host) : endpoint.ports),
    why: [reachSentence(exposure.reach)],
    reference: use.setting.reference,
    cves: [],
  }));
}

function exposed(launch: Launch, endpoint: Endpoint) {
  const who = message("anyone who can reach this machine");
  const values = { subject: subject(launch, endpoint), danger: danger(launch, who) };
  if (endpoint.bind.value === "address") return message("{subject} listens on a network address: {danger}.", values);
  return message("{subject} listens on every interface: {danger}.", values);
}

function needed(launch: Launch, endpoint: Endpoint) {
  return sentences(
    message("{subject} listens on every interface of its container, which publishing its port needs.", {
      subject: subject(launch, endpoint),
    }),
    message("Publish that port on 127.0.0.1 only."),
  );
}

/** A script may be what a container runs, where loopback would cut it off; so its owner decides. */
function bindFixes(launch: Launch, endpoint: Endpoint) {
  const safe = launch.runs.on === "host" || launch.runs.hostNetwork !== undefined;
  return fixes(message("Listen on this machine only"), endpoint.loopback(), safe);
}

function publishFixes({ published }: Exposure, path: string) {
  const edits = published.map((publish) => publish.loopback());
  if (!edits.every((edit) => edit !== undefined)) return [];
  const here = published.every(({ word }) => word.at.path === path);
  return fixes(message("Publish its port on this machine only"), edits.flat(), here);
}

/** Tools that listen everywhere unless told otherwise, where nothing tells them and they may run on a machine. */
function byDefault(launch: Launch, endpoint: Endpoint): Problem[] {
  if (launch.runs.on === "container" || launch.command.implied) return [];
  return [
    {
      at: launch.command.at,
      message: message("{subject} listens on every interface unless it is told otherwise: {danger}.", {
        subject: subject(launch, endpoint),
        danger: danger(launch, message("anyone who can reach this machine")),
      }),
      severity: "info",
      confidence: "medium",
      related: relatedUses(launch, [], launch.command.at),
      fixes: fixes(message("Listen on this machine only"), endpoint.addLoopback(), false),
      listens: listens(launch, endpoint.ports),
      why: [reachSentence("network")],
      reference: launch.tool.reference,
      cves: [],
    },
  ];
}
