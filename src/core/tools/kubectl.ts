import { kubectlPlainOptions, kubectlValueOptions } from "./kubectl-shared.ts";
import type { Tool, ToolExamples } from "./tool.ts";

const manual = "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_port-forward/";

/** `kubectl port-forward`: whoever reaches it connects to the pod with your rights in the cluster. */
export const kubectl: Tool = {
  id: "kubectl",
  name: "kubectl",
  callers: "connect to the pod behind it, past the cluster's login",
  runsCode: false,
  commands: ["kubectl port-forward", "oc port-forward"],
  groupOptions: kubectlValueOptions,
  notLaunches: ["--help", "-h"],
  parser: "pflag",
  valueOptions: [...kubectlValueOptions, "--pod-running-timeout"],
  plainOptions: kubectlPlainOptions,
  images: [],
  settings: [{ name: "address", options: ["--address"], many: true, reference: manual }],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "address", format: "list" }] },
      port: { default: [], settings: [] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: manual,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "kubectl port-forward --address «0.0.0.0» svc/jupyter 8888:8888",
      fixed: "kubectl port-forward svc/jupyter 8888:8888",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "kubectl -n kubeflow port-forward svc/ray-head 8265 --address=«0.0.0.0»",
      fixed: "kubectl -n kubeflow port-forward svc/ray-head 8265",
    },
    {
      rule: "public-bind",
      text: "kubectl port-forward pod/mlflow 5000 --address localhost,«10.19.21.23»",
      fixed: "kubectl port-forward pod/mlflow 5000",
      severity: "warning",
    },
  ],
  safe: [
    "kubectl port-forward svc/jupyter 8888:8888",
    "kubectl port-forward --address localhost,127.0.0.1 svc/jupyter 8888",
    "kubectl get endpoints --address 0.0.0.0",
  ],
};
