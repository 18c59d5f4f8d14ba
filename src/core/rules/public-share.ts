import { hazards } from "../judgement/hazard.ts";
import type { Rule, RulePage } from "./rule.ts";

export const publicShare: Rule = {
  id: "public-share",
  title: "A relay puts it on the internet",
  why: "The relay gives the server an address that anyone on the internet can open, past every firewall, and its requests arrive as if they came from this machine.",

  check: (launch) => hazards(launch, "public-share"),
};

/** What the rule's page says beside its reason, and what proves the rule. */
export const page: RulePage = {
  instead: "Use an SSH tunnel, or a relay with a login in front.",
  not: "Tunnels to a machine of your own.",
  examples: {
    unsafe: [{ text: "«ngrok» http 8888\n" }],
    safe: [{ text: "ssh -N -L 8888:localhost:8888 gpubox\n" }],
  },
};
