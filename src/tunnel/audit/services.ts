import { jupyter } from "../../core/tools/jupyter.ts";
import { mlflow } from "../../core/tools/mlflow.ts";
import { ray } from "../../core/tools/ray.ts";
import { tensorboard } from "../../core/tools/tensorboard.ts";
import type { Tool } from "../../core/tools/tool.ts";
import { vllm } from "../../core/tools/vllm.ts";
import type { ServiceKind } from "../discovery/server.ts";

/** The linter's table for each kind of server. Of those that it has none for, only who can reach them is judged. */
export const toolOf: Readonly<Record<ServiceKind, Tool>> = {
  jupyter,
  mlflow,
  tensorboard,
  ray,
  vllm,
  ollama: reachOnly({
    id: "ollama",
    name: "Ollama",
    callers: "use, replace and delete its models",
    reference: "https://docs.ollama.com/faq",
  }),
  streamlit: reachOnly({
    id: "streamlit",
    name: "Streamlit",
    callers: "use the app, with your data behind it",
    reference: "https://docs.streamlit.io/develop/api-reference/configuration/config.toml",
  }),
  gradio: reachOnly({
    id: "gradio",
    name: "Gradio",
    callers: "use the app, with your data behind it",
    reference: "https://www.gradio.app/guides/sharing-your-app",
  }),
  marimo: reachOnly({
    id: "marimo",
    name: "marimo",
    callers: "run any code as you",
    runsCode: true,
    reference: "https://docs.marimo.io/guides/deploying/authentication/",
  }),
  dask: reachOnly({
    id: "dask",
    name: "Dask",
    callers: "see what the cluster computes and read its logs",
    reference: "https://distributed.dask.org/en/latest/tls.html",
  }),
  triton: reachOnly({
    id: "triton",
    name: "Triton",
    callers: "use its models",
    reference:
      "https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/deploy.html",
  }),
};

type Known = Pick<Tool, "id" | "name" | "callers" | "reference"> & { readonly runsCode?: boolean };

function reachOnly({ runsCode = false, ...known }: Known): Tool {
  return {
    ...known,
    runsCode,
    commands: [],
    notLaunches: [],
    parser: "argparse",
    valueOptions: [],
    plainOptions: [],
    images: [],
    settings: [],
    endpoints: [],
    auth: { default: "none", off: [], on: [] },
    hazards: [],
    cves: [],
  };
}
