import type { Hazard, Setting, Tool } from "./tool.ts";

/*
 * What the commands of Xinference have in common. They differ in where they listen without `--host`: the local cluster
 * on loopback, the parts of a distributed one on every interface.
 */

const source = "https://github.com/xorbitsai/inference/blob/7ecec16b63383e18e4af790c4b522fb7d79f7e77";

export const xinferenceCommandLine = `${source}/xinference/deploy/cmdline.py`;
export const xinferenceDockerfile = `${source}/xinference/deploy/docker/Dockerfile`;
const constants = `${source}/xinference/constants.py`;

export const xinferenceAddress: Setting[] = [
  { name: "host", options: ["--host", "-H"], reference: xinferenceCommandLine },
  { name: "port", options: ["--port", "-p"], reference: xinferenceCommandLine },
];

export const xinferenceMetrics: Setting[] = [
  { name: "metrics-host", options: ["--metrics-exporter-host", "-MH"], reference: xinferenceCommandLine },
  { name: "metrics-port", options: ["--metrics-exporter-port", "-mp"], reference: xinferenceCommandLine },
];

export const xinferenceEnvironment: Setting[] = [
  { name: "auth-advanced", variables: ["XINFERENCE_AUTH_ADVANCED"], reference: constants },
  { name: "trust-remote-code", variables: ["XINFERENCE_TRUST_REMOTE_CODE"], reference: constants },
  { name: "allowed-ips", variables: ["XINFERENCE_ALLOWED_IPS"], reference: constants },
  { name: "jwt-secret-key", variables: ["XINFERENCE_AUTH_JWT_SECRET_KEY"], reference: constants },
  { name: "encryption-key", variables: ["XINFERENCE_AUTH_ENCRYPTION_KEY"], reference: constants },
  { name: "oidc-client-secret", variables: ["XINFERENCE_OIDC_CLIENT_SECRET"], reference: constants },
  { name: "otlp-api-key", variables: ["XINFERENCE_OTLP_API_KEY"], reference: constants },
];

/** On since 3.0.0, when the first visitor becomes administrator; before that off without `--auth-config`. */
const auth: Tool["auth"] = {
  default: "on",
  off: [{ setting: "auth-advanced", when: { in: ["0", "false", "no"] } }],
  on: [],
};

const hazards: Hazard[] = [
  {
    rule: "code-exec",
    setting: "trust-remote-code",
    when: { in: ["1", "true", "yes"] },
    severity: "warning",
    says: "Xinference runs code that the models bring along.",
    fix: "remove",
  },
  {
    rule: "security-off",
    setting: "allowed-ips",
    when: { pattern: "(^|,)\\s*0\\.0\\.0\\.0/0\\s*(,|$)" },
    severity: "info",
    says: "Xinference's list of allowed addresses lets everyone in.",
    advice: "List the networks of its users.",
  },
  ...(["jwt-secret-key", "encryption-key"] as const).map(
    (setting): Hazard => ({
      rule: "hardcoded-secret",
      setting,
      when: "secret",
      severity: "error",
      says: "A key that Xinference signs or encrypts with is written here, so whoever reads it can log in as anyone.",
      fix: "remove",
      advice: "Leave it out: Xinference makes one and keeps it in a file that only it can read.",
    }),
  ),
  ...(["oidc-client-secret", "otlp-api-key"] as const).map(
    (setting): Hazard => ({
      rule: "hardcoded-secret",
      setting,
      when: "secret",
      severity: "error",
      says: "A secret of Xinference is written here, for whoever reads the file, its history or the image.",
      advice: "Take it from a secret store when the server starts.",
    }),
  ),
];

/** What is the same in each table; the rest of it stands there. */
export const xinferenceCommon = {
  callers: "start models and use them",
  runsCode: false,
  parser: "click",
  plainOptions: [],
  auth,
  hazards,
  reference: `${source}/doc/source/user_guide/auth_system.rst`,
  cves: [
    {
      id: "CVE-2026-61539",
      about: "Callers could run code through the tool calls of Llama 3 models, without a login where that is off.",
      url: "https://github.com/xorbitsai/inference/security/advisories/GHSA-x2rj-828p-hx9m",
    },
  ],
} satisfies Partial<Tool>;
