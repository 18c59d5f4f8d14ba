import { cloudflared } from "./cloudflared.ts";
import { enterpriseGateway } from "./enterprise-gateway.ts";
import { ipykernel } from "./ipykernel.ts";
import { jupyter } from "./jupyter.ts";
import { jupyterServerProxy } from "./jupyter-server-proxy.ts";
import { jupyterhub } from "./jupyterhub.ts";
import { jupyterhubSingleuser } from "./jupyterhub-singleuser.ts";
import { kernelGateway } from "./kernel-gateway.ts";
import { kserve } from "./kserve.ts";
import { kubectl } from "./kubectl.ts";
import { kubectlProxy } from "./kubectl-proxy.ts";
import { localtunnel } from "./localtunnel.ts";
import { mlflow } from "./mlflow.ts";
import { mlflowGateway } from "./mlflow-gateway.ts";
import { mlflowModels } from "./mlflow-models.ts";
import { nbconvert } from "./nbconvert.ts";
import { ngrok } from "./ngrok.ts";
import { ngrokStart } from "./ngrok-start.ts";
import { ray } from "./ray.ts";
import { rayServe } from "./ray-serve.ts";
import { socat } from "./socat.ts";
import { ssh } from "./ssh.ts";
import { tensorboard } from "./tensorboard.ts";
import type { Tool } from "./tool.ts";
import { vllm } from "./vllm.ts";
import { voila } from "./voila.ts";
import { xinference } from "./xinference.ts";
import { xinferenceSupervisor } from "./xinference-supervisor.ts";
import { xinferenceWorker } from "./xinference-worker.ts";

/** Every tool that Launch Guard knows. */
export const tools: readonly Tool[] = [
  cloudflared,
  enterpriseGateway,
  ipykernel,
  jupyter,
  jupyterServerProxy,
  jupyterhub,
  jupyterhubSingleuser,
  kernelGateway,
  kserve,
  kubectl,
  kubectlProxy,
  localtunnel,
  mlflow,
  mlflowGateway,
  mlflowModels,
  nbconvert,
  ngrok,
  ngrokStart,
  ray,
  rayServe,
  socat,
  ssh,
  tensorboard,
  vllm,
  voila,
  xinference,
  xinferenceSupervisor,
  xinferenceWorker,
];
