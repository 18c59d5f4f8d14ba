import type { Tool, ToolExamples } from "./tool.ts";

const docs = "https://docs.ray.io/en/latest";
const start = `${docs}/cluster/cli.html#ray-start`;
const tokens = `${docs}/ray-security/token-auth.html`;

/**
 * A node of a Ray cluster. The dashboard, where jobs are submitted, is on the head's loopback unless it is opened; the
 * other ports are for the cluster and listen for it. None of them has a login without token mode.
 */
export const ray: Tool = {
  id: "ray",
  name: "Ray",
  callers: "run any code on the cluster",
  runsCode: true,
  commands: ["ray start", "python -m ray.scripts.scripts start"],
  groupOptions: ["--logging-level", "--logging-format"],
  notLaunches: ["--help"],
  needs: ["--head", "--address"],
  parser: "click",
  valueOptions: [
    ...["--address", "--node-ip-address", "--node-name", "--redis-username", "--redis-shard-ports"],
    ...["--object-manager-port", "--node-manager-port", "--min-worker-port", "--max-worker-port"],
    ...["--worker-port-list", "--memory", "--object-store-memory", "--num-cpus", "--num-gpus", "--resources"],
    ...["--include-dashboard", "--dashboard-agent-grpc-port", "--runtime-env-agent-port", "--plasma-directory"],
    ...["--object-spilling-directory", "--autoscaling-config", "--temp-dir", "--system-config"],
    ...["--metrics-export-port", "--tracing-startup-hook", "--labels", "--labels-file", "--include-log-monitor"],
    ...["--system-reserved-cpu", "--system-reserved-memory", "--cgroup-path", "--proxy-server-url"],
  ],
  plainOptions: [
    ...["--block", "--no-redirect-output", "--enable-object-reconstruction", "--no-monitor"],
    ...["--disable-usage-stats", "--enable-resource-isolation"],
  ],
  images: [],
  settings: [
    { name: "head", switches: ["--head"], reference: start },
    {
      name: "dashboard-host",
      options: ["--dashboard-host"],
      keys: ["rayStartParams.dashboard-host"],
      reference: `${docs}/ray-security/index.html`,
    },
    {
      name: "dashboard-port",
      options: ["--dashboard-port"],
      keys: ["rayStartParams.dashboard-port"],
      reference: start,
    },
    { name: "port", options: ["--port"], keys: ["rayStartParams.port"], reference: start },
    {
      name: "client-port",
      options: ["--ray-client-server-port"],
      keys: ["rayStartParams.ray-client-server-port"],
      reference: start,
    },
    { name: "agent-port", options: ["--dashboard-agent-listen-port"], reference: start },
    { name: "debugger-external", switches: ["--ray-debugger-external"], reference: start },
    { name: "redis-password", options: ["--redis-password"], reference: start },
    { name: "auth-mode", variables: ["RAY_AUTH_MODE"], reference: tokens },
    { name: "auth-token", variables: ["RAY_AUTH_TOKEN"], reference: tokens },
  ],
  endpoints: [
    {
      role: "main",
      what: "dashboard",
      bind: { default: "loopback", settings: [{ setting: "dashboard-host", format: "host" }] },
      port: { default: [8265], settings: ["dashboard-port"], tells: "alone" },
      only: [{ setting: "head", when: "true" }],
    },
    {
      role: "internal",
      what: "control store",
      bind: { default: "all", settings: [] },
      port: { default: [6379], settings: ["port"] },
      only: [{ setting: "head", when: "true" }],
    },
    {
      role: "internal",
      what: "client server",
      bind: { default: "all", settings: [] },
      port: { default: [10001], settings: ["client-port"] },
      only: [{ setting: "head", when: "true" }],
    },
    {
      role: "internal",
      what: "agent",
      bind: { default: "all", settings: [] },
      port: { default: [52365], settings: ["agent-port"] },
    },
  ],
  auth: {
    default: "none",
    off: [{ setting: "auth-mode", when: { in: ["disabled"] } }],
    on: [{ setting: "auth-mode", when: { in: ["token"] } }],
    // Tokens become the default, first of local clusters in 2.59 and then of all.
    restored: true,
  },
  hazards: [
    {
      rule: "code-exec",
      setting: "debugger-external",
      when: "true",
      severity: "error",
      says: "Ray's debugger, a Python prompt without a login, answers other machines.",
      fix: "remove",
      safe: true,
    },
    {
      rule: "hardcoded-secret",
      setting: "auth-token",
      when: "secret",
      severity: "error",
      says: "The token to the whole Ray cluster is written here, for whoever reads the file, its history or the image.",
      advice: "Name a file that only Ray can read in `RAY_AUTH_TOKEN_PATH`.",
    },
    {
      rule: "hardcoded-secret",
      setting: "redis-password",
      when: "secret",
      severity: "error",
      says: "The password of Ray's store is written here, for whoever reads the file or the list of processes.",
      advice: "Take it from a variable that is filled from a secret store.",
    },
  ],
  reference: `${docs}/ray-security/index.html`,
  stop: "ray stop",
  leavesServer: { unless: ["--block"] },
  cves: [
    {
      id: "CVE-2023-48022",
      about: "Whoever reaches the dashboard can submit jobs, that is run code, without a login: ShadowRay.",
      url: "https://www.rstreet.org/commentary/lessons-learned-from-the-shadowray-campaign-the-first-known-attack-targeting-ai-workloads/",
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "ray start --head --dashboard-host=«0.0.0.0» --block",
      fixed: "ray start --head --block",
      severity: "error",
    },
    {
      rule: "public-bind",
      text: "ray start --head --dashboard-host «::»",
      fixed: "ray start --head",
      severity: "error",
    },
    {
      rule: "public-bind",
      text: "export RAY_AUTH_MODE=token\nray start --head --dashboard-host «0.0.0.0»\n",
      fixed: "export RAY_AUTH_MODE=token\nray start --head\n",
      severity: "warning",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM rayproject/ray\nCMD ["ray", "start", "--head", "--block", "--dashboard-host", "«0.0.0.0»"]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8265:8265» rayproject/ray ray start --head --block --dashboard-host 0.0.0.0",
      fixed: "docker run -p 127.0.0.1:8265:8265 rayproject/ray ray start --head --block --dashboard-host 0.0.0.0",
      severity: "error",
    },
    {
      rule: "internal-port",
      path: "compose.yaml",
      text: 'services:\n  head:\n    image: rayproject/ray\n    command: ray start --head --block --dashboard-host 0.0.0.0\n    ports:\n      - "127.0.0.1:8265:8265"\n      - «"10001:10001"»\n',
      fixed:
        'services:\n  head:\n    image: rayproject/ray\n    command: ray start --head --block --dashboard-host 0.0.0.0\n    ports:\n      - "127.0.0.1:8265:8265"\n      - "127.0.0.1:10001:10001"\n',
      severity: "error",
    },
    {
      rule: "internal-port",
      text: "docker run -p «7000:7000» rayproject/ray ray start --head --block --port 7000",
      fixed: "docker run -p 127.0.0.1:7000:7000 rayproject/ray ray start --head --block --port 7000",
    },
    {
      rule: "no-auth",
      text: "«RAY_AUTH_MODE=disabled» ray start --head --dashboard-host 0.0.0.0",
      fixed: "ray start --head --dashboard-host 0.0.0.0",
      severity: "error",
    },
    {
      rule: "code-exec",
      text: "ray start --head «--ray-debugger-external»",
      fixed: "ray start --head",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      text: "«RAY_AUTH_TOKEN=c0ffee42» ray start --address=10.0.0.5:6379",
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "ray start --head --redis-password=«5241590000000000»", severity: "error" },
  ],
  safe: [
    "ray start --head",
    "ray start --head --dashboard-host=127.0.0.1",
    "ray start --address=10.0.0.5:6379",
    // A worker has no dashboard.
    "ray start --address 10.0.0.5:6379 --dashboard-host 0.0.0.0",
    "ray start --dashboard-host 0.0.0.0 --help",
    "ray job submit --address http://0.0.0.0:8265 -- python train.py",
    "ray stop",
    'RAY_AUTH_TOKEN="$TOKEN" ray start --head',
  ],
};
