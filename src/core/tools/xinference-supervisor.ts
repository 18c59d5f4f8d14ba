import type { Tool, ToolExamples } from "./tool.ts";
import {
  xinferenceAddress,
  xinferenceCommandLine,
  xinferenceCommon,
  xinferenceEnvironment,
} from "./xinference-shared.ts";

/** The part of a distributed Xinference that users talk to. */
export const xinferenceSupervisor: Tool = {
  ...xinferenceCommon,
  id: "xinference-supervisor",
  name: "Xinference's supervisor",
  commands: ["xinference-supervisor"],
  notLaunches: ["--help"],
  valueOptions: ["--log-level", "--auth-config"],
  images: [],
  settings: [
    ...xinferenceAddress,
    { name: "supervisor-port", options: ["--supervisor-port"], reference: xinferenceCommandLine },
    ...xinferenceEnvironment,
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "all", settings: [{ setting: "host", format: "host" }] },
      port: { default: [9997], settings: ["port"] },
    },
    {
      // Without the option the port is random, so nobody can have published it.
      role: "internal",
      what: "port for workers",
      bind: { default: "all", settings: [] },
      port: { default: [], settings: ["supervisor-port"] },
      only: [{ setting: "supervisor-port", when: "set" }],
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "«xinference-supervisor»",
      fixed: "xinference-supervisor --host 127.0.0.1",
      severity: "info",
    },
    {
      rule: "public-bind",
      text: "xinference-supervisor -H «0.0.0.0» --supervisor-port 9999",
      fixed: "xinference-supervisor -H 127.0.0.1 --supervisor-port 9999",
      severity: "warning",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-supervisor --host llm --supervisor-port 9999\n    ports:\n      - «"9997:9997"»\n',
      fixed:
        'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-supervisor --host llm --supervisor-port 9999\n    ports:\n      - "127.0.0.1:9997:9997"\n',
      severity: "warning",
    },
    {
      rule: "internal-port",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-supervisor --host llm --supervisor-port 9999\n    ports:\n      - "127.0.0.1:9997:9997"\n      - «"9999:9999"»\n',
      fixed:
        'services:\n  llm:\n    image: xprobe/xinference\n    command: xinference-supervisor --host llm --supervisor-port 9999\n    ports:\n      - "127.0.0.1:9997:9997"\n      - "127.0.0.1:9999:9999"\n',
      severity: "warning",
    },
    {
      rule: "no-auth",
      text: "«XINFERENCE_AUTH_ADVANCED=no» xinference-supervisor",
      fixed: "xinference-supervisor",
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "«XINFERENCE_OTLP_API_KEY=c0ffee42» xinference-supervisor" },
  ],
  safe: ["xinference-supervisor -H 127.0.0.1 --supervisor-port 9999", 'xinference-supervisor -H "$(hostname -i)"'],
};
