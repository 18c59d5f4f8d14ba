import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const tokenLeak: Rule = {
  id: "token-leak",
  title: "A secret is where others can see it",
  why: "A secret in a URL or on a command line ends in logs, history and the list of processes.",

  check: (launch) => hazards(launch, "token-leak"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Put it into a header, a variable or a file that only you can read.",
  not: "A secret given by itself, as an option or a variable; that is `hardcoded-secret`.",
  examples: {
    unsafe: [
      {
        text: "MLFLOW_BACKEND_STORE_URI=x mlflow server --host 0.0.0.0 --backend-store-uri «postgresql://mlflow:hunter22@db/mlflow»\n",
      },
    ],
    safe: [{ text: "mlflow server --host 127.0.0.1 --backend-store-uri sqlite:///mlflow.db\n" }],
  },
};
