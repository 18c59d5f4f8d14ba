import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const securityOff: Rule = {
  id: "security-off",
  title: "A protection is switched off",
  why: "The server has a protection by default, and this switches it off by name.",

  check: (launch) => hazards(launch, "security-off"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Leave the protection on, and allow what is needed by name.",
  not: "A setting that only spells out the default.",
  examples: {
    unsafe: [
      {
        text: "mlflow server --host 0.0.0.0 «--disable-security-middleware»\n",
        severity: "error",
        fixed: "mlflow server --host 0.0.0.0\n",
      },
    ],
    safe: [{ text: "mlflow server --host 127.0.0.1\n" }],
  },
};
