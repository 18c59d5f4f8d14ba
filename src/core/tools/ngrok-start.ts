import { ngrokManual, ngrokToken, ngrokTokenHazard } from "./ngrok-shared.ts";
import type { Tool, ToolExamples } from "./tool.ts";

/** ngrok with what to share in its configuration file, which may put a login in front. */
export const ngrokStart: Tool = {
  id: "ngrok-start",
  name: "ngrok",
  callers: "open what it shares",
  runsCode: false,
  commands: ["ngrok start"],
  groupOptions: ["--authtoken", "--config", "--metadata"],
  notLaunches: ["--help", "-h"],
  parser: "pflag",
  valueOptions: ["--config", "--region"],
  plainOptions: ["--all"],
  images: [],
  settings: [ngrokToken, { name: "none", switches: ["--none"], reference: ngrokManual }],
  endpoints: [],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "public-share",
      unless: [{ setting: "none", when: "true" }],
      severity: "warning",
      says: "ngrok gives the ports of its configuration file addresses that anyone on the internet can open, unless the file puts a login in front.",
      advice: "Use an SSH tunnel, or a `traffic_policy` for each endpoint of the file.",
    },
    ngrokTokenHazard,
  ],
  reference: ngrokManual,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-share", text: "«ngrok» start --all", severity: "warning" },
    { rule: "public-share", text: "«ngrok» start --config ngrok.yml lab" },
    { rule: "hardcoded-secret", text: "ngrok start lab --authtoken=«2abcC0FFEE42»" },
  ],
  safe: ["ngrok start --none", "ngrok start --help", "ngrok service stop"],
};
