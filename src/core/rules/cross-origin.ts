import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const crossOrigin: Rule = {
  id: "cross-origin",
  title: "Other web sites may talk to it",
  why: "A web page that someone opens elsewhere can call the server through their browser, with their session, past every firewall.",

  check: (launch) => hazards(launch, "cross-origin"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Name the origins and hosts that need it, or leave the protection as it is.",
  not: "A listed origin.",
  examples: {
    unsafe: [{ text: "mlflow server --host 0.0.0.0 --allowed-hosts «'*'»\n", fixed: "mlflow server --host 0.0.0.0\n" }],
    safe: [{ text: 'mlflow server --host 127.0.0.1 --allowed-hosts "localhost:*"\n' }],
  },
};
