import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const devMode: Rule = {
  id: "dev-mode",
  title: "A development switch is on",
  why: "Development, debug and profiler switches open endpoints that no login guards, show tracebacks, or restart the server whenever a file changes.",

  check: (launch) => hazards(launch, "dev-mode"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Leave the switch out where anyone else can reach the server.",
  not: "Log levels.",
  examples: {
    unsafe: [
      {
        text: "export «VLLM_SERVER_DEV_MODE=1»\nvllm serve m --host 0.0.0.0\n",
        fixed: "vllm serve m --host 0.0.0.0\n",
      },
    ],
    safe: [{ text: "VLLM_SERVER_DEV_MODE=0 vllm serve m --host 127.0.0.1\n" }],
  },
};
