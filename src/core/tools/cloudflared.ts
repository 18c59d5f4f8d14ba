import type { Tool, ToolExamples } from "./tool.ts";

const source = "https://github.com/cloudflare/cloudflared/blob";
const tunnel = `${source}/d1df7985/cmd/cloudflared/tunnel/cmd.go`;

/** cloudflared. Given a URL and nothing else it makes a quick tunnel, which has no login; a named one has what its owner set up. */
export const cloudflared: Tool = {
  id: "cloudflared",
  name: "cloudflared",
  callers: "open what it shares",
  runsCode: false,
  commands: ["cloudflared tunnel", "cloudflared"],
  notLaunches: [
    ...["access", "help", "login", "create", "list", "info", "delete", "route", "vnet", "cleanup", "token", "ingress"],
    ...["diag", "management", "proxy-dns", "ready", "service", "tail", "update", "version"],
    ...["--help", "-h", "--version", "-v"],
  ],
  parser: "pflag",
  valueOptions: [
    ...["--config", "--origincert", "--autoupdate-freq", "--metrics", "--pidfile", "--loglevel", "--logfile"],
    ...["--log-directory", "--transport-loglevel", "--protocol", "--region", "--edge-ip-version", "--retries"],
    ...["--grace-period", "--tag", "--label", "--credentials-file", "--cred-file", "--token-file"],
    ...["--origin-server-name", "--origin-ca-pool", "--http-host-header", "--proxy-connect-timeout", "--lb-pool"],
  ],
  plainOptions: ["--no-autoupdate", "--no-chunked-encoding", "--http2-origin", "--hello-world", "--post-quantum"],
  images: [
    {
      name: "cloudflare/cloudflared",
      entrypoint: ["cloudflared", "--no-autoupdate"],
      command: ["version"],
      user: "other",
      reference: `${source}/01287e2f95a3acc326f1bbd3e6d0dad5ded17640/Dockerfile`,
    },
  ],
  settings: [
    { name: "url", options: ["--url"], variables: ["TUNNEL_URL"], reference: `${tunnel}#L249-L259` },
    { name: "name", options: ["--name", "-n"], variables: ["TUNNEL_NAME"], reference: tunnel },
    { name: "hostname", options: ["--hostname"], variables: ["TUNNEL_HOSTNAME"], reference: tunnel },
    { name: "run", positional: "^run$", reference: tunnel },
    { name: "token", options: ["--token"], variables: ["TUNNEL_TOKEN"], reference: `${tunnel}#L875` },
    { name: "no-tls-verify", switches: ["--no-tls-verify"], reference: tunnel },
  ],
  endpoints: [],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "public-share",
      setting: "url",
      when: "filled",
      unless: [
        { setting: "run", when: "set" },
        { setting: "name", when: "set" },
        { setting: "hostname", when: "set" },
      ],
      severity: "error",
      says: "cloudflared gives this server an address on trycloudflare.com that anyone on the internet can open, past every firewall and without a login.",
      advice: "Use an SSH tunnel, or a named tunnel with Cloudflare Access in front.",
    },
    {
      rule: "hardcoded-secret",
      setting: "token",
      when: "secret",
      severity: "error",
      says: "The token that runs this cloudflared tunnel is written here, for whoever reads the file, its history or the list of processes.",
      advice: "Give `TUNNEL_TOKEN` when it is run, from a secret store.",
    },
    {
      rule: "plaintext",
      setting: "no-tls-verify",
      when: "true",
      severity: "warning",
      says: "cloudflared passes its visitors on to whoever answers, without a look at the certificate.",
      fix: "remove",
    },
  ],
  reference: tunnel,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-share", text: "cloudflared tunnel --url «http://localhost:8888»", severity: "error" },
    { rule: "public-share", text: "cloudflared --no-autoupdate tunnel --url=«localhost:7860»" },
    {
      rule: "public-share",
      path: "compose.yaml",
      text: "services:\n  tunnel:\n    image: cloudflare/cloudflared:latest\n    command: tunnel --url «http://lab:8888»\n",
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "cloudflared tunnel run --token «eyJhC0FFEE42»" },
    {
      rule: "plaintext",
      text: "cloudflared tunnel --no-autoupdate run «--no-tls-verify» lab",
      fixed: "cloudflared tunnel --no-autoupdate run lab",
    },
  ],
  safe: [
    'cloudflared tunnel run --token "$TUNNEL_TOKEN"',
    "cloudflared tunnel --config config.yml run lab",
    "cloudflared tunnel run --url http://localhost:8888 lab",
    "cloudflared tunnel --name lab --url http://localhost:8888",
    "cloudflared access tcp --hostname db.example.com --url localhost:5432",
    "cloudflared tunnel list",
    "cloudflared version",
  ],
};
