import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const hardcodedSecret: Rule = {
  id: "hardcoded-secret",
  title: "A password or token is written in the file",
  why: "Whoever reads the file, its history or the image has the key to the server; on a command line everyone on the machine sees it in the list of processes.",

  check: (launch) => hazards(launch, "hardcoded-secret"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead:
    "Give it at run time: a variable from a secret store, a file that only the server can read, or let the server make its own.",
  not: "Variables, placeholders, hashes, and secrets of other programs.",
  examples: {
    unsafe: [
      { text: "jupyter lab --IdentityProvider.token=«s3cret-abc123»\n", fixed: "jupyter lab\n" },
      {
        path: "Dockerfile",
        text: "FROM quay.io/jupyter/base-notebook\nENV «JUPYTER_TOKEN=s3cret-abc123»\n",
        fixed: "FROM quay.io/jupyter/base-notebook\n",
      },
    ],
    safe: [
      { text: 'jupyter lab --IdentityProvider.token="$JUPYTER_TOKEN"\n' },
      { text: 'jupyter lab --IdentityProvider.token="<token>"\n' },
    ],
  },
};
