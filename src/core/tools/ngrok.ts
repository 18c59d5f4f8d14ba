import { ngrokManual, ngrokToken, ngrokTokenHazard } from "./ngrok-shared.ts";
import type { Condition, Setting, Tool, ToolExamples } from "./tool.ts";

function option(name: string): Setting {
  return { name, options: [`--${name}`], reference: ngrokManual };
}

/** Each lets only some callers through. Most are deprecated in favour of a policy, and still read. */
const guards = [
  ...["traffic-policy-file", "traffic-policy-url", "policy-file", "basic-auth", "oauth", "oidc"],
  ...["cidr-allow", "mutual-tls-cas"],
];

const guarded: Condition[] = [
  ...guards.map((setting): Condition => ({ setting, when: "filled" })),
  // Only other endpoints of the account, or clusters with ngrok's operator, reach these.
  { setting: "binding", when: { in: ["internal", "kubernetes"] } },
  { setting: "url", when: { pattern: "^([a-z]+://)?[^/]*\\.internal(:\\d+)?/?$" } },
];

/** ngrok with what to share on its command line. */
export const ngrok: Tool = {
  id: "ngrok",
  name: "ngrok",
  callers: "open what it shares",
  runsCode: false,
  commands: ["ngrok http", "ngrok tcp", "ngrok tls"],
  groupOptions: ["--authtoken", "--config", "--metadata"],
  notLaunches: ["--help", "-h", "help"],
  parser: "pflag",
  valueOptions: [
    ...["--app-protocol", "--cidr-deny", "--circuit-breaker", "--config", "--crt", "--description", "--domain"],
    ...["--host-header", "--hostname", "--key", "--metadata", "--name", "--oauth-allow-domain", "--oauth-allow-email"],
    ...["--oauth-client-id", "--oauth-client-secret", "--oauth-scope", "--oidc-client-id", "--oidc-client-secret"],
    ...["--oidc-scope", "--proxy-proto", "--region", "--remote-addr", "--request-header-add"],
    ...["--request-header-remove", "--response-header-add", "--response-header-remove", "--scheme", "--subdomain"],
    ...["--terminate-at", "--ua-filter-allow", "--ua-filter-deny", "--upstream-protocol"],
    ...["--upstream-proxy-protocol", "--upstream-tls-verify-cas", "--verify-webhook", "--verify-webhook-secret"],
  ],
  plainOptions: [
    ...["--compression", "--inspect", "--pooling-enabled", "--upstream-tls-verify", "--websocket-tcp-converter"],
  ],
  images: [
    {
      name: "ngrok/ngrok",
      entrypoint: ["ngrok"],
      command: [],
      reference: "https://ngrok.com/docs/using-ngrok-with/docker/",
    },
  ],
  settings: [ngrokToken, option("url"), option("binding"), ...guards.map(option)],
  endpoints: [],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "public-share",
      unless: guarded,
      severity: "error",
      says: "ngrok gives this port an address that anyone on the internet can open, past every firewall and as if they sat at this machine.",
      advice: "Use an SSH tunnel, or put a login in front with `--traffic-policy-file`.",
    },
    ngrokTokenHazard,
  ],
  reference: ngrokManual,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-share", text: "«ngrok» http 8888", severity: "error" },
    { rule: "public-share", text: "nohup «ngrok» http --url https://lab.ngrok.app localhost:8888 &" },
    { rule: "public-share", text: "«ngrok» --config ngrok.yml tcp 22" },
    { rule: "hardcoded-secret", text: "ngrok http 8888 --authtoken «2abcC0FFEE42»" },
    { rule: "hardcoded-secret", text: "«NGROK_AUTHTOKEN=2abcC0FFEE42» ngrok http 8888" },
  ],
  safe: [
    "ngrok http 8888 --traffic-policy-file policy.yml",
    "ngrok http 8888 --oauth=google",
    'ngrok http --basic-auth "$USER:$PASSWORD" 8888',
    "ngrok http 80 --url https://lab.internal",
    "ngrok http 8888 --binding kubernetes --url https://lab.example",
    "ngrok http --help",
    "ngrok config check",
    "ngrok version",
  ],
};
