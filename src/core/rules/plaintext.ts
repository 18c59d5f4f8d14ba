import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const plaintext: Rule = {
  id: "plaintext",
  title: "Secrets travel unprotected",
  why: "Without certificate checks, or over plain http, tokens and passwords go to whoever answers or listens.",

  check: (launch) => hazards(launch, "plaintext"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Use https with the right certificate authority, or an SSH tunnel to loopback.",
  not: "Missing TLS by itself, and plain http on loopback.",
  examples: {
    unsafe: [
      {
        text: "export «MLFLOW_TRACKING_INSECURE_TLS=true»\nmlflow server --host 0.0.0.0\n",
        fixed: "mlflow server --host 0.0.0.0\n",
      },
    ],
    safe: [{ text: "mlflow server --host 127.0.0.1\n" }],
  },
};
