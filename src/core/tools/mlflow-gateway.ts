import type { Tool, ToolExamples } from "./tool.ts";

const source = "https://github.com/mlflow/mlflow/blob/0d3ba2ba51bcf322a2edc4ff67d082793d49fed6/mlflow/gateway/cli.py";

/** The gateway to model providers. It has neither short options nor variables of its own. */
export const mlflowGateway: Tool = {
  id: "mlflow-gateway",
  name: "MLflow's gateway",
  callers: "use the models behind it with the keys that it holds",
  runsCode: false,
  commands: ["mlflow gateway start", "python -m mlflow gateway start"],
  groupOptions: ["--env-file"],
  notLaunches: ["--help"],
  parser: "click",
  valueOptions: ["--config-path", "--workers"],
  plainOptions: [],
  images: [],
  settings: [
    { name: "host", options: ["--host"], reference: source },
    { name: "port", options: ["--port"], reference: source },
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "host", format: "host" }] },
      port: { default: [5000], settings: ["port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: source,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "mlflow gateway start --config-path gateway.yaml --host «0.0.0.0» --port 7000",
      fixed: "mlflow gateway start --config-path gateway.yaml --port 7000",
      severity: "warning",
    },
  ],
  safe: ["mlflow gateway start --config-path gateway.yaml", "MLFLOW_HOST=0.0.0.0 mlflow gateway start"],
};
