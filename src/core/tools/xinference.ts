import type { Tool, ToolExamples } from "./tool.ts";
import {
  xinferenceAddress,
  xinferenceCommon,
  xinferenceDockerfile,
  xinferenceEnvironment,
  xinferenceMetrics,
} from "./xinference-shared.ts";

/** Xinference on one machine. `xinference` without a subcommand is the older name of the same. */
export const xinference: Tool = {
  ...xinferenceCommon,
  id: "xinference",
  name: "Xinference",
  commands: ["xinference-local", "xinference"],
  notLaunches: [
    ...["register", "unregister", "registrations", "cached", "remove-cache", "launch", "list", "terminate"],
    ...["generate", "chat", "vllm-models", "login", "engine", "cal-model-mem", "stop-cluster"],
    ...["--help", "--version", "-v"],
  ],
  valueOptions: ["--log-level", "--auth-config"],
  images: [
    {
      // The command has to be given.
      name: "xprobe/xinference",
      entrypoint: [],
      command: [],
      reference: xinferenceDockerfile,
    },
  ],
  settings: [...xinferenceAddress, ...xinferenceMetrics, ...xinferenceEnvironment],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "host", format: "host" }] },
      port: { default: [9997], settings: ["port"], tells: "alone" },
    },
    {
      role: "internal",
      what: "metrics page",
      bind: { default: "loopback", settings: [{ setting: "metrics-host", format: "host" }] },
      port: { default: [], settings: ["metrics-port"] },
      only: [{ setting: "metrics-host", when: "set" }],
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "xinference-local -H «0.0.0.0» -p 9997",
      fixed: "xinference-local -p 9997",
      severity: "warning",
    },
    { rule: "public-bind", text: "xinference --host=«0.0.0.0»", fixed: "xinference" },
    {
      rule: "internal-port",
      text: "xinference-local -MH «0.0.0.0» -mp 9998",
      fixed: "xinference-local -mp 9998",
      severity: "warning",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-local -H 0.0.0.0\n    ports:\n      - «"9997:9997"»\n',
      fixed:
        'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-local -H 0.0.0.0\n    ports:\n      - "127.0.0.1:9997:9997"\n',
      severity: "warning",
    },
    {
      rule: "no-auth",
      text: "export «XINFERENCE_AUTH_ADVANCED=0»\nxinference-local -H 0.0.0.0\n",
      fixed: "xinference-local -H 0.0.0.0\n",
      severity: "error",
    },
    {
      rule: "no-auth",
      path: "Dockerfile",
      text: 'FROM xprobe/xinference\nENV A=b «XINFERENCE_AUTH_ADVANCED=False»\nCMD ["xinference-local", "-H", "0.0.0.0"]\n',
      fixed: 'FROM xprobe/xinference\nENV A=b\nCMD ["xinference-local", "-H", "0.0.0.0"]\n',
      severity: "warning",
    },
    {
      rule: "code-exec",
      text: "«XINFERENCE_TRUST_REMOTE_CODE=1» xinference-local -H 0.0.0.0",
      fixed: "xinference-local -H 0.0.0.0",
      severity: "warning",
    },
    {
      rule: "security-off",
      text: "«XINFERENCE_ALLOWED_IPS=0.0.0.0/0» xinference-local -H 0.0.0.0",
      severity: "info",
    },
    {
      rule: "hardcoded-secret",
      text: "«XINFERENCE_AUTH_JWT_SECRET_KEY=c0ffee42» xinference-local -H 0.0.0.0",
      fixed: "xinference-local -H 0.0.0.0",
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "«XINFERENCE_OIDC_CLIENT_SECRET=c0ffee42» xinference-local -H 0.0.0.0" },
  ],
  safe: [
    "xinference-local",
    "xinference-local --host 127.0.0.1 --port 9997",
    "xinference launch --model-name qwen3 --endpoint http://0.0.0.0:9997",
    "xinference login --endpoint http://127.0.0.1:9997 --username ada --password c0ffee42",
    "XINFERENCE_AUTH_ADVANCED=1 xinference-local",
    "XINFERENCE_TRUST_REMOTE_CODE=0 xinference-local",
  ],
};
