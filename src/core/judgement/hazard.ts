import { launchReach } from "../exposure.ts";
import { holds, meets } from "../facts/conditions.ts";
import type { Launch, SettingUse } from "../launch.ts";
import { message } from "../message.ts";
import type { Problem } from "../rules/rule.ts";
import type { Hazard, RuleId, Tool } from "../tools/tool.ts";
import { reachSentence, relatedUses, remedy } from "./problem.ts";
import { confidenceOf, hazardSeverity } from "./severity.ts";

/** What the tool's table says about a launch's settings under one rule. */
export function hazards(launch: Launch, rule: RuleId): Problem[] {
  return hazardsOf(launch.tool, rule)
    .filter((hazard) => applies(launch, hazard))
    .flatMap((hazard) => (hazard.setting === undefined ? ofLaunch(launch, hazard) : ofSettings(launch, hazard)));
}

/** Sorted by rule once for each tool, because every rule asks at every launch. */
const byRule = new WeakMap<Tool, Partial<Record<RuleId, readonly Hazard[]>>>();

function hazardsOf(tool: Tool, rule: RuleId): readonly Hazard[] {
  const sorted = byRule.get(tool) ?? {};
  byRule.set(tool, sorted);
  sorted[rule] ??= tool.hazards.filter((hazard) => hazard.rule === rule);
  return sorted[rule];
}

function applies({ settings }: Launch, hazard: Hazard): boolean {
  const required = hazard.with ?? [];
  const excluded = hazard.unless ?? [];
  return required.every((each) => holds(settings, each)) && !excluded.some((each) => holds(settings, each));
}

/** The launch itself is the danger: `ngrok http 8888`. */
function ofLaunch(launch: Launch, hazard: Hazard): Problem[] {
  const problem = problemAt(launch, hazard, undefined);
  return problem ? [problem] : [];
}

function ofSettings(launch: Launch, hazard: Hazard): Problem[] {
  const name = hazard.setting ?? "";
  const overruled = hazard.rule === "hardcoded-secret" ? launch.overruled.get(name) : undefined;
  const uses = [...(launch.settings.get(name) ?? []), ...(overruled ?? [])];
  return uses
    .filter((use) => use.from !== "image" && meets(use, hazard.when ?? "set"))
    .flatMap((use) => problemAt(launch, hazard, use) ?? []);
}

function problemAt(launch: Launch, hazard: Hazard, use: SettingUse | undefined): Problem | undefined {
  const reach = launchReach(launch);
  const severity = hazardSeverity(hazard.rule, hazard.severity, reach);
  if (severity === undefined) return undefined;
  const at = use?.at ?? launch.command.at;
  const known = new Set(hazard.cves);
  return {
    at,
    message: message(hazard.says),
    severity,
    confidence: confidenceOf(launch, (use?.via.length ?? 0) === 0),
    related: relatedUses(launch, use?.via ?? [], at),
    fixes: use ? remedy(use, hazard) : [],
    why: [...(hazard.advice === undefined ? [] : [message(hazard.advice)]), reachSentence(reach)],
    reference: use?.setting.reference ?? launch.tool.reference,
    cves: launch.tool.cves.filter(({ id }) => known.has(id)),
  };
}
