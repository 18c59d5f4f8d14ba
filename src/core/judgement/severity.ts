import type { Reach } from "../exposure.ts";
import type { Confidence } from "../finding.ts";
import type { Launch } from "../launch.ts";
import type { RuleId } from "../rule-ids.ts";
import type { Severity } from "../severity.ts";

/** How bad it is that something listens: who can reach it, and whether they have to log in. `undefined`: silent. */
export function exposureSeverity(launch: Launch, reach: Reach): Severity | undefined {
  if (launch.knownBy === "port") return reach === "network" ? "info" : undefined;
  const auth = launch.auth.value === "unknown" ? "on" : launch.auth.value;
  return grade[reach][auth](launch.tool.runsCode);
}

type Grade = (runsCode: boolean) => Severity | undefined;
const silent: Grade = () => undefined;
const always =
  (severity: Severity): Grade =>
  () =>
    severity;

const grade: Readonly<Record<Reach, Readonly<Record<"on" | "none" | "off", Grade>>>> = {
  machine: { on: silent, none: silent, off: always("info") },
  unknown: { on: always("info"), none: always("info"), off: always("warning") },
  network: { on: always("warning"), none: (runsCode) => (runsCode ? "error" : "warning"), off: always("error") },
  internet: { on: always("error"), none: always("error"), off: always("error") },
};

/** What stays worth a word on loopback: it is in the file, or it acts without anyone connecting. */
const onLoopbackToo: ReadonlySet<RuleId> = new Set<RuleId>([
  "hardcoded-secret",
  "token-leak",
  "run-as-root",
  "code-exec",
  "public-share",
]);

/** How bad a setting is: as its table says where the network reaches the launch, a step less where that is unknown. */
export function hazardSeverity(rule: RuleId, severity: Severity, reach: Reach): Severity | undefined {
  // A relay opens it by itself, whatever it listens on.
  if (rule === "public-share") return severity;
  if (reach === "network" || reach === "internet") return severity;
  if (reach === "unknown") return severity === "error" ? "warning" : "info";
  return onLoopbackToo.has(rule) ? "info" : undefined;
}

/** How sure: less for what came through a variable, a default or an image's name. */
export function confidenceOf(launch: Launch, certain: boolean): Confidence {
  if (launch.knownBy === "port") return "low";
  if (launch.knownBy === "image" || launch.runs.on === "unknown") return "medium";
  return certain ? "high" : "medium";
}
