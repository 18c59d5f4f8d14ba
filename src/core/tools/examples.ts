import { examples as cloudflared } from "./cloudflared.ts";
import { examples as enterpriseGateway } from "./enterprise-gateway.ts";
import { examples as ipykernel } from "./ipykernel.ts";
import { examples as jupyter } from "./jupyter.ts";
import { examples as jupyterServerProxy } from "./jupyter-server-proxy.ts";
import { examples as jupyterhub } from "./jupyterhub.ts";
import { examples as jupyterhubSingleuser } from "./jupyterhub-singleuser.ts";
import { examples as kernelGateway } from "./kernel-gateway.ts";
import { examples as kserve } from "./kserve.ts";
import { examples as kubectl } from "./kubectl.ts";
import { examples as kubectlProxy } from "./kubectl-proxy.ts";
import { examples as localtunnel } from "./localtunnel.ts";
import { examples as mlflow } from "./mlflow.ts";
import { examples as mlflowGateway } from "./mlflow-gateway.ts";
import { examples as mlflowModels } from "./mlflow-models.ts";
import { examples as nbconvert } from "./nbconvert.ts";
import { examples as ngrok } from "./ngrok.ts";
import { examples as ngrokStart } from "./ngrok-start.ts";
import { examples as ray } from "./ray.ts";
import { examples as rayServe } from "./ray-serve.ts";
import { examples as socat } from "./socat.ts";
import { examples as ssh } from "./ssh.ts";
import { examples as tensorboard } from "./tensorboard.ts";
import type { ToolExamples } from "./tool.ts";
import { examples as vllm } from "./vllm.ts";
import { examples as voila } from "./voila.ts";
import { examples as xinference } from "./xinference.ts";
import { examples as xinferenceSupervisor } from "./xinference-supervisor.ts";
import { examples as xinferenceWorker } from "./xinference-worker.ts";

/** The examples of every tool, by its id. They are a list of their own so that nothing that ships carries them. */
export const toolExamples: Readonly<Record<string, ToolExamples>> = {
  cloudflared,
  "enterprise-gateway": enterpriseGateway,
  ipykernel,
  jupyter,
  "jupyter-server-proxy": jupyterServerProxy,
  jupyterhub,
  "jupyterhub-singleuser": jupyterhubSingleuser,
  "kernel-gateway": kernelGateway,
  kserve,
  kubectl,
  "kubectl-proxy": kubectlProxy,
  localtunnel,
  mlflow,
  "mlflow-gateway": mlflowGateway,
  "mlflow-models": mlflowModels,
  nbconvert,
  ngrok,
  "ngrok-start": ngrokStart,
  ray,
  "ray-serve": rayServe,
  socat,
  ssh,
  tensorboard,
  vllm,
  voila,
  xinference,
  "xinference-supervisor": xinferenceSupervisor,
  "xinference-worker": xinferenceWorker,
};
