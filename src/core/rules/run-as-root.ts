import { launchReach } from "../exposure.ts";
import { hazards } from "../judgement/hazard.ts";
import { fixes, reachSentence, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf, hazardSeverity } from "../judgement/severity.ts";
import type { Launch } from "../launch.ts";
import { type Message, message } from "../message.ts";
import type { Severity } from "../severity.ts";
import { origin, uses, type Word } from "../word.ts";
import type { Problem, Rule, RulePage } from "./rule.ts";

export const runAsRoot: Rule = {
  id: "run-as-root",
  title: "Runs as root",
  why: "Whatever the server runs for its callers, it runs as root: it can change the machine or the container, and a weakness in the server is one of the whole system.",

  check(launch) {
    // A switch that permits root changes nothing for a server that another user starts.
    const permitted = hazards(launch, "run-as-root").map((problem) =>
      launch.user.value === "other" ? { ...problem, severity: "info" as const } : problem,
    );
    return [...permitted, ...asRoot(launch), ...privileged(launch)];
  },
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead:
    'Run it as a user of its own: `USER 1000` in a Dockerfile, `user: "1000:1000"` in compose, `--user 1000` of docker run. Only then delete `--allow-root`.',
  not: "An image that says nothing about its user, and a `USER root` that is taken back before the server starts.",
  examples: {
    unsafe: [
      { text: "jupyter lab --ip=0.0.0.0 «--allow-root»\n", severity: "warning", fixed: "jupyter lab --ip=0.0.0.0\n" },
      {
        path: "Dockerfile",
        text: 'FROM python:3.12\nUSER «root»\nCMD ["mlflow", "server"]\n',
        severity: "info",
        fixed: 'FROM python:3.12\nCMD ["mlflow", "server"]\n',
      },
      {
        path: "compose.yaml",
        text: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    user: «root»\n    ports: ["5000:5000"]\n',
        severity: "warning",
        fixed:
          'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    ports: ["5000:5000"]\n',
      },
    ],
    safe: [
      {
        path: "Dockerfile",
        text: 'FROM python:3.12\nUSER root\nRUN apt-get update\nUSER 1000\nCMD ["mlflow", "server"]\n',
      },
      { path: "Dockerfile", text: 'FROM python:3.12\nCMD ["mlflow", "server"]\n' },
    ],
  },
};

function asRoot(launch: Launch): Problem[] {
  const { value, word } = launch.user;
  if (value !== "root" || !word || word.implied) return [];
  const says = message("{subject} runs as root: whoever gets into it has the whole container or machine.", {
    subject: subject(launch),
  });
  const title = message("Delete it, so that the image's own user counts");
  return problemAt(launch, word, { says, title, worst: launch.dropsRoot ? "info" : "warning" });
}

function privileged(launch: Launch): Problem[] {
  const word = launch.runs.privileged;
  const says = message("{subject} runs in a privileged container: whoever gets into it has the whole machine.", {
    subject: subject(launch),
  });
  const title = message("Delete it; give the container the one device or capability that it needs");
  return word ? problemAt(launch, word, { says, title, worst: "error" }) : [];
}

type Danger = { readonly says: Message; readonly title: Message; readonly worst: Severity };

function problemAt(launch: Launch, word: Word, { says, title, worst }: Danger): Problem[] {
  const reach = launchReach(launch);
  const severity = hazardSeverity("run-as-root", worst, reach);
  if (severity === undefined) return [];
  const at = uses(word).length > 0 ? origin(word) : word.at;
  return [
    {
      at,
      message: says,
      severity,
      confidence: confidenceOf(launch, true),
      related: relatedUses(launch, [], at),
      fixes: fixes(title, word.edit.remove(), false),
      why: [reachSentence(reach)],
      reference: "https://docs.docker.com/reference/dockerfile/#user",
      cves: [],
    },
  ];
}
