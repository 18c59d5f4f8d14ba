import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const ssrf: Rule = {
  id: "ssrf",
  title: "The server fetches what callers name",
  why: "Callers can make the server read files of its machine or addresses that only it can reach, such as the metadata service of a cloud.",

  check: (launch) => hazards(launch, "ssrf"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Allow the hosts and folders that are needed, and nothing else.",
  not: "A listed host or a folder made for it.",
  examples: {
    unsafe: [
      { text: "vllm serve m --host 0.0.0.0 --allowed-local-media-path «/»\n", fixed: "vllm serve m --host 0.0.0.0\n" },
    ],
    safe: [{ text: "vllm serve m --host 127.0.0.1\n" }],
  },
};
