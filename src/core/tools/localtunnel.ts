import type { Tool, ToolExamples } from "./tool.ts";

const source = "https://github.com/localtunnel/localtunnel/blob/1f47bd6/bin/lt.js";

/** localtunnel. `-h` is the relay, not help, and every option is a variable too. */
export const localtunnel: Tool = {
  id: "localtunnel",
  name: "localtunnel",
  callers: "open what it shares",
  runsCode: false,
  commands: ["lt", "localtunnel"],
  notLaunches: ["--help", "--version"],
  parser: "click",
  valueOptions: ["--subdomain", "-s", "--local-host", "-l", "--local-cert", "--local-key", "--local-ca"],
  plainOptions: ["--open", "-o", "--print-requests", "--local-https"],
  images: [],
  settings: [
    { name: "port", options: ["--port", "-p"], variables: ["PORT"], reference: source },
    { name: "host", options: ["--host", "-h"], reference: source },
    { name: "allow-invalid-cert", switches: ["--allow-invalid-cert"], reference: source },
  ],
  endpoints: [],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "public-share",
      with: [{ setting: "port", when: "filled" }],
      // A relay of one's own is where its owner put it.
      unless: [{ setting: "host", when: { pattern: "^(?!https?://([^/]*\\.)?(localtunnel\\.me|loca\\.lt)(/|$))" } }],
      severity: "error",
      says: "localtunnel gives this port an address that anyone on the internet can open, past every firewall and as if they sat at this machine.",
      advice: "Use an SSH tunnel: `ssh -N -L 8888:localhost:8888 user@host` on the machine that needs it.",
    },
    {
      rule: "plaintext",
      setting: "allow-invalid-cert",
      when: "true",
      severity: "warning",
      says: "localtunnel passes its visitors on to whoever answers, without a look at the certificate.",
      fix: "remove",
    },
  ],
  reference: source,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-share", text: "«lt» --port 8888", severity: "error" },
    { rule: "public-share", text: "npx «localtunnel» -p 8888 --subdomain lab" },
    { rule: "public-share", text: "PORT=8888 «lt» -h https://loca.lt" },
    {
      rule: "plaintext",
      text: "lt --port 8443 --local-https «--allow-invalid-cert»",
      fixed: "lt --port 8443 --local-https",
    },
  ],
  safe: ["lt --version", "lt --help", "lt -h https://tunnel.example.com -p 8888", "npm install localtunnel"],
};
