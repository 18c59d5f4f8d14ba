import { mlflowAddress } from "./mlflow-settings.ts";
import type { Tool, ToolExamples } from "./tool.ts";

/** The server of one model. It shares the variables for address and port with the tracking server, and has no login. */
export const mlflowModels: Tool = {
  id: "mlflow-models",
  name: "MLflow's model server",
  callers: "send requests to the model",
  runsCode: false,
  commands: ["mlflow models serve", "python -m mlflow models serve"],
  groupOptions: ["--env-file"],
  notLaunches: ["--help"],
  parser: "click",
  valueOptions: ["--model-uri", "-m", "--timeout", "-t", "--workers", "-w", "--env-manager"],
  plainOptions: ["--no-conda", "--install-mlflow", "--enable-mlserver"],
  images: [],
  settings: mlflowAddress,
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "host", format: "host" }] },
      port: { default: [5000], settings: ["port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: "https://github.com/mlflow/mlflow/blob/004d7de0da5194f34564ce205c6ea593355c5758/mlflow/models/cli.py",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "mlflow models serve -m models:/churn/3 -h «0.0.0.0» -p 5001",
      fixed: "mlflow models serve -m models:/churn/3 -p 5001",
      severity: "warning",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM python:3.12\nENV MLFLOW_HOST=«0.0.0.0»\nCMD ["mlflow", "models", "serve", "-m", "/model"]\n',
      severity: "info",
    },
  ],
  safe: [
    "mlflow models serve -m models:/churn/3",
    "mlflow models build-docker -m models:/churn/3 -n 0.0.0.0",
    "mlflow models predict -m models:/churn/3 -i 0.0.0.0",
  ],
};
