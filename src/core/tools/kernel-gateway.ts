import type { Tool, ToolExamples } from "./tool.ts";
import { ipEndpoint, jupyterApplication, loginByToken, trait } from "./traitlets.ts";

const source =
  "https://github.com/jupyter-server/kernel_gateway/blob/8c483ff06e6b88a579137b5045d3b90c2826b8b0/kernel_gateway";

function application(name: string, aliases: readonly string[] = []) {
  return trait(name, ["KernelGatewayApp"], aliases);
}

export const kernelGateway: Tool = {
  id: "kernel-gateway",
  name: "Jupyter Kernel Gateway",
  callers: "run any code as you",
  runsCode: true,
  commands: [
    "jupyter kernelgateway",
    "jupyter-kernelgateway",
    "python -m kernel_gateway",
    "python -m jupyter kernelgateway",
    "python -m jupyter_core kernelgateway",
  ],
  notLaunches: [...jupyterApplication.notLaunches],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["--port_retries", "--api", "--keyfile", "--certfile", "--client-ca", "--ssl_version"],
  ],
  plainOptions: [...jupyterApplication.plainOptions],
  images: [],
  settings: [
    { name: "ip", ...application("ip", ["--ip"]), variables: ["KG_IP"], reference: `${source}/gatewayapp.py#L108` },
    {
      name: "port",
      ...application("port", ["--port"]),
      variables: ["KG_PORT"],
      reference: `${source}/gatewayapp.py#L86`,
    },
    {
      name: "token",
      ...application("auth_token"),
      variables: ["KG_AUTH_TOKEN"],
      reference: `${source}/gatewayapp.py#L131`,
    },
    {
      name: "allow-origin",
      ...application("allow_origin"),
      variables: ["KG_ALLOW_ORIGIN"],
      reference: `${source}/gatewayapp.py#L169`,
    },
    {
      name: "allow-credentials",
      ...application("allow_credentials"),
      variables: ["KG_ALLOW_CREDENTIALS"],
      reference: `${source}/gatewayapp.py#L141`,
    },
    {
      name: "allow-headers",
      ...application("allow_headers"),
      variables: ["KG_ALLOW_HEADERS"],
      reference: `${source}/gatewayapp.py#L151`,
    },
    {
      name: "notebook-download",
      ...trait("allow_notebook_download", ["NotebookHTTPPersonality"]),
      variables: ["KG_ALLOW_NOTEBOOK_DOWNLOAD"],
      reference: `${source}/notebook_http/__init__.py#L45`,
    },
    {
      name: "list-kernels",
      ...trait("list_kernels", ["JupyterWebsocketPersonality"]),
      variables: ["KG_LIST_KERNELS"],
      reference: `${source}/jupyter_websocket/__init__.py#L25`,
    },
    {
      name: "seed",
      ...application("seed_uri", ["--seed_uri"]),
      variables: ["KG_SEED_URI"],
      reference: `${source}/gatewayapp.py#L221`,
    },
    { name: "cookie-secret", ...application("cookie_secret"), reference: `${source}/gatewayapp.py#L358` },
  ],
  endpoints: [ipEndpoint(8888)],
  auth: loginByToken,
  hazards: [
    {
      rule: "hardcoded-secret",
      setting: "token",
      when: "secret",
      severity: "warning",
      says: "Whoever reads this file has the kernel gateway's token and can run code there.",
      advice: "Pass KG_AUTH_TOKEN from a secret. Without any token the gateway is open.",
    },
    {
      rule: "hardcoded-secret",
      setting: "cookie-secret",
      when: "secret",
      severity: "warning",
      says: "Whoever reads the kernel gateway's cookie secret can forge a login.",
      fix: "remove",
    },
    {
      rule: "cross-origin",
      setting: "allow-origin",
      when: { in: ["*"] },
      severity: "warning",
      says: "The kernel gateway answers requests from every web site, so a page that someone opens can run code there.",
      fix: "remove",
      safe: true,
      advice: "Name the one site that needs it.",
    },
    {
      rule: "cross-origin",
      setting: "allow-credentials",
      when: "true",
      severity: "warning",
      says: "The kernel gateway lets other web sites use a visitor's login.",
      fix: "remove",
      safe: true,
    },
    {
      rule: "cross-origin",
      setting: "allow-headers",
      when: { in: ["*"] },
      severity: "warning",
      says: "The kernel gateway takes any header from other web sites, so their pages can send it a token.",
      fix: "remove",
      safe: true,
      advice: "Name the headers that clients send.",
    },
    {
      rule: "security-off",
      setting: "notebook-download",
      when: { in: ["true"] },
      severity: "info",
      says: "The kernel gateway gives its notebook, with the code in it, to everyone who may call it.",
      fix: "remove",
    },
    {
      rule: "security-off",
      setting: "list-kernels",
      when: { in: ["true"] },
      severity: "info",
      says: "The kernel gateway shows callers each other's kernels, and whoever knows a kernel's id can use it.",
      fix: "remove",
    },
    {
      rule: "code-exec",
      setting: "seed",
      when: { pattern: "^https?://" },
      severity: "warning",
      says: "The kernel gateway runs a notebook from the network in every kernel, so whoever can change it there runs code here.",
      advice: "Put the notebook into the image.",
    },
  ],
  reference: "https://jupyter-kernel-gateway.readthedocs.io/en/latest/config-options.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "jupyter kernelgateway --ip=«0.0.0.0» --port=8889",
      fixed: "jupyter kernelgateway --port=8889",
      severity: "error",
    },
    {
      rule: "public-bind",
      text: 'KG_AUTH_TOKEN="$TOKEN" jupyter kernelgateway --KernelGatewayApp.ip=«0.0.0.0»',
      fixed: 'KG_AUTH_TOKEN="$TOKEN" jupyter kernelgateway',
      severity: "warning",
    },
    { rule: "public-bind", text: "KG_IP=«0.0.0.0» jupyter-kernelgateway", fixed: "jupyter-kernelgateway" },
    {
      rule: "no-auth",
      text: "jupyter kernelgateway --ip=0.0.0.0 «--KernelGatewayApp.auth_token=''»",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter kernelgateway --ip=0.0.0.0 --KernelGatewayApp.auth_token=«letmein7»",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyter kernelgateway --ip=0.0.0.0 --KernelGatewayApp.cookie_secret=«b7c1f0d2a9»",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "cross-origin",
      text: "jupyter kernelgateway --ip=0.0.0.0 --KernelGatewayApp.allow_origin='«*»'",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "cross-origin",
      text: "jupyter kernelgateway --ip=0.0.0.0 --KernelGatewayApp.allow_credentials=«true»",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "cross-origin",
      text: "«KG_ALLOW_HEADERS='*'» jupyter kernelgateway --ip=0.0.0.0",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "«KG_ALLOW_NOTEBOOK_DOWNLOAD=True» jupyter kernelgateway --ip=0.0.0.0",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "security-off",
      text: "jupyter kernelgateway --ip=0.0.0.0 --JupyterWebsocketPersonality.list_kernels=«True»",
      fixed: "jupyter kernelgateway --ip=0.0.0.0",
    },
    {
      rule: "code-exec",
      text: "jupyter kernelgateway --ip=0.0.0.0 --seed_uri=«http://example.com/api.ipynb»",
      severity: "warning",
    },
  ],
  safe: [
    "jupyter kernelgateway",
    "jupyter kernelgateway --ip=127.0.0.1 --seed_uri=api.ipynb",
    "jupyter kernelgateway --help-all",
  ],
};
