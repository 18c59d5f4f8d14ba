import { jupyter } from "./jupyter.ts";
import { serverHazards, serverPlainOptions, serverSettings, serverValueOptions } from "./jupyter-server.ts";
import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication, trait } from "./traitlets.ts";

const hub = "https://github.com/jupyterhub/jupyterhub/blob/2841153db6c1c25d8b50955e2f4b39f78f3d0119";

/** A Jupyter server that JupyterHub starts: the hub says where it listens and asks for the login. */
export const jupyterhubSingleuser: Tool = {
  id: "jupyterhub-singleuser",
  name: "JupyterHub's single-user server",
  callers: "run any code as you",
  runsCode: true,
  commands: [
    "jupyterhub-singleuser",
    "python -m jupyterhub.singleuser",
    "jupyter-labhub",
    "jupyter labhub",
    "start-singleuser.py",
    "start-singleuser.sh",
  ],
  notLaunches: jupyter.notLaunches,
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...serverValueOptions,
    ...["--user", "--group", "--hub-prefix", "--hub-host", "--hub-api-url", "--base-url"],
  ],
  plainOptions: [...jupyterApplication.plainOptions, ...serverPlainOptions, "--disable-user-config"],
  argumentVariables: ["NOTEBOOK_ARGS"],
  images: [],
  settings: [
    ...serverSettings,
    {
      name: "token-in-url",
      ...trait("allow_token_in_url", ["HubAuth", "HubOAuth"]),
      variables: ["JUPYTERHUB_ALLOW_TOKEN_IN_URL"],
      reference: `${hub}/jupyterhub/services/auth.py#L370`,
    },
  ],
  endpoints: [
    {
      role: "main",
      // JUPYTERHUB_SERVICE_URL decides, which the hub sets; without it the server does not start.
      bind: { default: "unknown", settings: [] },
      port: { default: [8888], settings: ["port"] },
    },
  ],
  auth: { default: "on", off: [], on: [] },
  hazards: [
    ...serverHazards,
    {
      rule: "token-leak",
      setting: "token-in-url",
      // `0` and `false` alone mean no.
      when: { pattern: "^(?!(0|[Ff]alse|FALSE)?$)" },
      severity: "warning",
      says: "JupyterHub's single-user server takes tokens from addresses, and addresses end up in logs and histories where others read them.",
      fix: "remove",
      advice: "Send the token in an Authorization header.",
    },
  ],
  reference: "https://jupyterhub.readthedocs.io/en/stable/howto/configuration/config-user-env.html",
  cves: jupyter.cves,
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-publish",
      text: "docker run -p «8888:8888» quay.io/jupyter/base-notebook start-singleuser.py",
      fixed: "docker run -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook start-singleuser.py",
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "jupyterhub-singleuser --ServerApp.disable_check_xsrf=«True»",
      fixed: "jupyterhub-singleuser",
    },
    { rule: "run-as-root", text: "jupyterhub-singleuser «--allow-root»", fixed: "jupyterhub-singleuser" },
    {
      rule: "token-leak",
      text: "«JUPYTERHUB_ALLOW_TOKEN_IN_URL=1» jupyterhub-singleuser",
      fixed: "jupyterhub-singleuser",
    },
  ],
  safe: [
    "jupyterhub-singleuser",
    "jupyterhub-singleuser --ip=0.0.0.0",
    "jupyter labhub --ip=0.0.0.0 --ServerApp.token=''",
    "JUPYTERHUB_ALLOW_TOKEN_IN_URL=0 jupyterhub-singleuser",
  ],
};
