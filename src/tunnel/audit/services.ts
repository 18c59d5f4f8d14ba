import { jupyter } from "../../core/tools/jupyter.ts";
import { mlflow } from "../../core/tools/mlflow.ts";
import { ray } from "../../core/tools/ray.ts";
import { tensorboard } from "../../core/tools/tensorboard.ts";
import type { Tool } from "../../core/tools/tool.ts";
import { vllm } from "../../core/tools/vllm.ts";
import type { RemoteServer, ServiceKind } from "../discovery/server.ts";

/** The linter's table for a server. Of those that it has none for, only who can reach them is judged. */
export function toolOf({ kind, auth }: Pick<RemoteServer, "kind" | "auth">): Tool {
  // Only a published app has no login to ask for, and it runs nothing but its own code.
  if (kind === "marimo" && auth === "none") return publishedMarimo;
  return tools[kind];
}

const marimo = {
  id: "marimo",
  name: "marimo",
  reference:
    "https://github.com/marimo-team/marimo/blob/3955fdf90363be561e94fb0052dae4cee58a6a61/docs/guides/deploying/authentication.md",
};

const publishedMarimo = reachOnly({ ...marimo, callers: "use the app, with your data behind it" });

const tools: Readonly<Record<ServiceKind, Tool>> = {
  jupyter,
  mlflow,
  tensorboard,
  ray,
  vllm,
  ollama: reachOnly({
    id: "ollama",
    name: "Ollama",
    callers: "use, replace and delete its models",
    reference: "https://github.com/ollama/ollama/blob/fb30760996871fa9460115c753afd2c60d4ab0f7/docs/faq.mdx#L183",
  }),
  streamlit: reachOnly({
    id: "streamlit",
    name: "Streamlit",
    // A login is part of the app, where it has one at all; Streamlit itself knows of none.
    callers: "open the app, which may have a login of its own",
    reference:
      "https://github.com/streamlit/streamlit/blob/2db81f7f72017dd25a16eb7bd96ca0b327ef283d/lib/streamlit/config.py#L663",
  }),
  gradio: reachOnly({
    id: "gradio",
    name: "Gradio",
    callers: "use the app, with your data behind it",
    reference:
      "https://github.com/gradio-app/gradio/blob/375335e60e2b4504a57f3eef0eb6bca3c7bb765a/guides/04_additional-features/07_sharing-your-app.md#L223",
  }),
  marimo: reachOnly({ ...marimo, callers: "run any code as you", runsCode: true }),
  dask: reachOnly({
    id: "dask",
    name: "Dask",
    callers: "see what the cluster computes and read its logs",
    reference:
      "https://github.com/dask/distributed/blob/40fcd99a8cd41c39071a16a546e93a9298f1b64d/docs/source/http_services.rst",
  }),
  triton: reachOnly({
    id: "triton",
    name: "Triton",
    callers: "use its models",
    reference:
      "https://github.com/triton-inference-server/server/blob/e1db8a603d863b1317ee859bdeea2be19959462e/docs/customization_guide/deploy.md",
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
