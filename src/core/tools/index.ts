import { enterpriseGateway } from "./enterprise-gateway.ts";
import { ipykernel } from "./ipykernel.ts";
import { jupyter } from "./jupyter.ts";
import { jupyterServerProxy } from "./jupyter-server-proxy.ts";
import { jupyterhub } from "./jupyterhub.ts";
import { jupyterhubSingleuser } from "./jupyterhub-singleuser.ts";
import { kernelGateway } from "./kernel-gateway.ts";
import { nbconvert } from "./nbconvert.ts";
import type { Tool } from "./tool.ts";
import { voila } from "./voila.ts";

/** Every tool that Launch Guard knows. */
export const tools: readonly Tool[] = [
  enterpriseGateway,
  ipykernel,
  jupyter,
  jupyterServerProxy,
  jupyterhub,
  jupyterhubSingleuser,
  kernelGateway,
  nbconvert,
  voila,
];
