import { kubectlPlainOptions, kubectlValueOptions } from "./kubectl-shared.ts";
import type { Tool, ToolExamples } from "./tool.ts";

const manual = "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_proxy/";

/**
 * `kubectl proxy`: the cluster's whole interface with your rights. Its filter of hosts keeps web pages out, and
 * nobody who writes `Host: localhost` into a request.
 */
export const kubectlProxy: Tool = {
  id: "kubectl-proxy",
  name: "kubectl proxy",
  callers: "use the cluster with your rights",
  runsCode: false,
  commands: ["kubectl proxy", "oc proxy"],
  groupOptions: kubectlValueOptions,
  notLaunches: ["--help", "-h"],
  parser: "pflag",
  valueOptions: [
    ...kubectlValueOptions,
    ...["--accept-paths", "--api-prefix", "--keepalive", "--reject-methods", "--reject-paths"],
    ...["--www", "-w", "--www-prefix", "-P"],
  ],
  plainOptions: [...kubectlPlainOptions, "--append-server-path"],
  images: [],
  settings: [
    { name: "address", options: ["--address"], reference: manual },
    { name: "port", options: ["--port", "-p"], reference: manual },
    { name: "unix-socket", options: ["--unix-socket", "-u"], reference: manual },
    { name: "accept-hosts", options: ["--accept-hosts"], reference: manual },
    { name: "disable-filter", switches: ["--disable-filter"], reference: manual },
  ],
  endpoints: [
    {
      role: "main",
      bind: {
        default: "loopback",
        settings: [
          { setting: "unix-socket", format: "socket" },
          { setting: "address", format: "host" },
        ],
      },
      port: { default: [8001], settings: ["port"] },
    },
  ],
  auth: {
    default: "none",
    off: [
      { setting: "disable-filter", when: "true" },
      { setting: "accept-hosts", when: { pattern: "(^|,)\\^?(\\.[*+]|\\*)\\$?(,|$)" } },
    ],
    on: [],
    restored: true,
    guard: "request filter",
  },
  hazards: [],
  reference: manual,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "kubectl proxy --address=«0.0.0.0» --port 8001",
      fixed: "kubectl proxy --port 8001",
      severity: "warning",
    },
    {
      rule: "no-auth",
      text: "kubectl proxy --address 0.0.0.0 --accept-hosts='«.*»'",
      fixed: "kubectl proxy --address 0.0.0.0",
      severity: "error",
    },
    {
      rule: "no-auth",
      text: "kubectl proxy --address 0.0.0.0 «--disable-filter=true»",
      fixed: "kubectl proxy --address 0.0.0.0",
      severity: "error",
    },
    { rule: "no-auth", text: "kubectl proxy --accept-hosts «'^*$'»", fixed: "kubectl proxy", severity: "info" },
  ],
  safe: [
    "kubectl proxy",
    "kubectl --context dev proxy --port=8080",
    "kubectl proxy --accept-hosts '^localhost$,^gpubox$'",
    "kubectl proxy --disable-filter=false",
    "kubectl proxy --unix-socket=/tmp/k8s.sock",
  ],
};
