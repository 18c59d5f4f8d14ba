import type { Tool, ToolExamples } from "./tool.ts";
import {
  xinferenceAddress,
  xinferenceCommandLine,
  xinferenceCommon,
  xinferenceEnvironment,
  xinferenceMetrics,
} from "./xinference-shared.ts";

/** The part of a distributed Xinference that runs models. Only the supervisor and other workers talk to it. */
export const xinferenceWorker: Tool = {
  ...xinferenceCommon,
  id: "xinference-worker",
  name: "Xinference's worker",
  commands: ["xinference-worker"],
  notLaunches: ["--help"],
  valueOptions: ["--log-level", "--endpoint", "-e"],
  images: [],
  settings: [
    ...xinferenceAddress.filter(({ name }) => name === "host"),
    { name: "worker-port", options: ["--worker-port"], reference: xinferenceCommandLine },
    ...xinferenceMetrics,
    ...xinferenceEnvironment,
  ],
  endpoints: [
    {
      role: "internal",
      what: "port for the supervisor",
      bind: { default: "all", settings: [{ setting: "host", format: "host" }] },
      port: { default: [], settings: ["worker-port"] },
    },
    {
      role: "internal",
      what: "metrics page",
      bind: { default: "all", settings: [{ setting: "metrics-host", format: "host" }] },
      port: { default: [], settings: ["metrics-port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "internal-port",
      text: "xinference-worker -e http://supervisor:9997 -H «0.0.0.0»",
      fixed: "xinference-worker -e http://supervisor:9997 -H 127.0.0.1",
      severity: "warning",
    },
    {
      rule: "internal-port",
      text: "xinference-worker -e http://supervisor:9997 -H 127.0.0.1 -MH «0.0.0.0»",
      fixed: "xinference-worker -e http://supervisor:9997 -H 127.0.0.1 -MH 127.0.0.1",
    },
    {
      rule: "internal-port",
      path: "compose.yaml",
      text: 'services:\n  worker:\n    image: xprobe/xinference\n    command: xinference-worker -e http://llm:9997 --host worker --worker-port 30001\n    ports:\n      - «"30001:30001"»\n',
      fixed:
        'services:\n  worker:\n    image: xprobe/xinference\n    command: xinference-worker -e http://llm:9997 --host worker --worker-port 30001\n    ports:\n      - "127.0.0.1:30001:30001"\n',
      severity: "warning",
    },
  ],
  safe: ["xinference-worker -e http://supervisor:9997 -H 127.0.0.1 -MH 127.0.0.1", "xinference-worker --help"],
};
