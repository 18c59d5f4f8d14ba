import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const codeExec: Rule = {
  id: "code-exec",
  title: "Callers or downloads run code",
  why: "The switch lets a model repository, a request or a peer bring code that the server runs.",

  check: (launch) => hazards(launch, "code-exec"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Leave it out, or pin what is downloaded to a commit that someone has read.",
  not: "Code of your own that the server loads.",
  examples: {
    unsafe: [{ text: "vllm serve m --host 0.0.0.0 «--trust-remote-code»\n", fixed: "vllm serve m --host 0.0.0.0\n" }],
    safe: [{ text: "vllm serve m --host 127.0.0.1\n" }],
  },
};
