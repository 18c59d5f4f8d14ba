import { exposureOf, launchReach } from "../exposure.ts";
import { fixes, optionText, reachSentence, relatedExposure, relatedUses, subject } from "../judgement/problem.ts";
import { confidenceOf, exposureSeverity } from "../judgement/severity.ts";
import { message } from "../message.ts";
import type { Rule } from "./rule.ts";

export const noAuth: Rule = {
  id: "no-auth",
  title: "Its login is switched off",
  why: "The server asks everyone for a token or a password unless it is told not to, and this tells it so. Other users and programs of the same machine can reach it as well.",
  instead: "Delete the option: the server makes a token and prints it. Or give the token at run time from a secret.",
  not: "A tool that has no login: that makes its `public-bind` or `public-publish` worse, and is said there. An option that does nothing, such as `--token=''` of Jupyter.",

  check(launch) {
    const { authUse: use } = launch;
    if (launch.auth.value !== "off" || !use) return [];
    const reach = launchReach(launch);
    const severity = exposureSeverity(launch, reach);
    if (severity === undefined) return [];
    const callers = message(launch.tool.callers);
    const exposed = launch.endpoints.flatMap((endpoint) => relatedExposure(exposureOf(launch, endpoint), use.at));
    return [
      {
        at: use.at,
        message:
          reach === "machine"
            ? message("{subject} asks nobody to log in: every user and program of this machine can {callers}.", {
                subject: subject(launch),
                callers,
              })
            : message("{subject} asks nobody to log in: anyone who can connect can {callers}.", {
                subject: subject(launch),
                callers,
              }),
        severity,
        confidence: confidenceOf(launch, use.via.length === 0),
        related: [...relatedUses(launch, use.via, use.at), ...exposed],
        fixes: fixes(
          message("Delete {option}, so that it asks for its token again", { option: optionText(use) }),
          use.remove(),
          true,
        ),
        why: [reachSentence(reach)],
        reference: use.setting.reference,
        cves: [],
      },
    ];
  },

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
