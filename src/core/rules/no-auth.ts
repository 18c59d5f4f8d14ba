import { exposureOf, launchReach, type Reach } from "../exposure.ts";
import type { Fix } from "../finding.ts";
import { hazards } from "../judgement/hazard.ts";
import { fixes, guardOf, reachSentence, relatedExposure, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf, exposureSeverity } from "../judgement/severity.ts";
import type { Launch, SettingUse } from "../launch.ts";
import { message } from "../message.ts";
import { isKnown, type Piece } from "../word.ts";
import type { Problem, Rule, RulePage } from "./rule.ts";

export const noAuth: Rule = {
  id: "no-auth",
  title: "Its login is switched off",
  why: "The server asks everyone for a token or a password unless it is told not to, and this tells it so. Other users and programs of the same machine can reach it as well.",

  check: (launch) => [...hazards(launch, "no-auth"), ...switchedOff(launch)],
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Delete the option: the server makes a token and prints it. Or give the token at run time from a secret.",
  not: "A tool that has no login: that makes its `public-bind` or `public-publish` worse, and is said there. An option that does nothing, such as `--token=''` of Jupyter.",
  examples: {
    unsafe: [
      { text: "jupyter lab «--ServerApp.token=''»\n", severity: "info", fixed: "jupyter lab\n" },
      {
        text: "jupyter lab --ip=0.0.0.0 «--NotebookApp.token=''»\n",
        severity: "error",
        fixed: "jupyter lab --ip=0.0.0.0\n",
      },
      {
        path: "Dockerfile",
        text: 'FROM quay.io/jupyter/base-notebook\nCMD ["start-notebook.py", «"--IdentityProvider.token=\'\'"»]\n',
        severity: "warning",
        fixed: 'FROM quay.io/jupyter/base-notebook\nCMD ["start-notebook.py"]\n',
      },
    ],
    safe: [{ text: "jupyter lab --token=''\n" }, { text: "JUPYTER_TOKEN= jupyter lab\n" }, { text: "mlflow server\n" }],
  },
};

function switchedOff(launch: Launch): Problem[] {
  const reach = launchReach(launch);
  const severity = exposureSeverity(launch, reach);
  if (launch.auth.value !== "off" || severity === undefined) return [];
  const fix = restored(launch);
  return launch.authUses.map((use) => ({
    at: use.at,
    message: says(launch, reach),
    severity,
    confidence: confidenceOf(launch, use.via.length === 0),
    related: [
      ...relatedUses(launch, use.via, use.at),
      ...launch.endpoints.flatMap((endpoint) => relatedExposure(exposureOf(launch, endpoint), use.at)),
    ],
    fixes: fix,
    why: [reachSentence(reach)],
    reference: use.setting.reference,
    cves: [],
  }));
}

function says(launch: Launch, reach: Reach) {
  const values = { subject: subject(launch), callers: message(launch.tool.callers), guard: guardOf(launch) };
  if (launch.tool.auth.guard !== undefined) {
    return message("{subject} has its {guard} switched off: whoever gets to it can {callers}.", values);
  }
  return reach === "machine"
    ? message("{subject} asks nobody to log in: every user and program of this machine can {callers}.", values)
    : message("{subject} asks nobody to log in: anyone who can connect can {callers}.", values);
}

/**
 * Without the words the tool's default counts again, and all of them have to go; where the default is no login either,
 * deleting them would only hide it.
 */
function restored(launch: Launch): Fix[] {
  const { tool, authUses } = launch;
  if (tool.auth.default !== "on" && !tool.auth.restored) return [];
  const edits = authUses.map((use) => use.remove());
  if (!edits.every((edit) => edit !== undefined)) return [];
  const option = authUses.map(({ name }) => name).join(", ");
  const title = message("Delete {option}, so that its {guard} is on again", { option, guard: guardOf(launch) });
  return fixes(title, edits.flat(), authUses.every(isWritten));
}

/** Whether its own text says so. A variable that is empty here (`${TOKEN:-}`) may hold a token somewhere else. */
function isWritten({ value, via }: SettingUse): boolean {
  const isExpansion = (piece: Piece) =>
    isKnown(piece) && piece.text === "" && piece.at && piece.at.start < piece.at.end;
  return via.length === 0 && !value?.pieces.some(isExpansion);
}
