import type { Tool, ToolExamples } from "./tool.ts";
import { ipEndpoint, jupyterApplication, loginByToken, trait } from "./traitlets.ts";

const source = "https://github.com/jupyter-server/enterprise_gateway/blob/880ab92b9a9124363a10acafd82daa42ecf402e1";
const mixins = `${source}/enterprise_gateway/mixins.py`;

function application(name: string, aliases: readonly string[] = []) {
  return trait(name, ["EnterpriseGatewayApp"], aliases);
}

export const enterpriseGateway: Tool = {
  id: "enterprise-gateway",
  name: "Jupyter Enterprise Gateway",
  callers: "run any code on its cluster",
  runsCode: true,
  commands: [
    "jupyter enterprisegateway",
    "jupyter-enterprisegateway",
    "python -m enterprise_gateway",
    "python -m jupyter enterprisegateway",
    "python -m jupyter_core enterprisegateway",
    "start-enterprise-gateway.sh",
  ],
  notLaunches: [...jupyterApplication.notLaunches],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["--port_retries", "--keyfile", "--certfile", "--client-ca", "--ssl_version"],
  ],
  plainOptions: [...jupyterApplication.plainOptions],
  images: [
    {
      name: "elyra/enterprise-gateway",
      entrypoint: ["tini", "-g", "--", "start.sh"],
      command: ["/usr/local/bin/start-enterprise-gateway.sh"],
      user: "other",
      dropsRoot: true,
      bind: "all",
      reference: `${source}/etc/docker/enterprise-gateway/start-enterprise-gateway.sh`,
    },
  ],
  settings: [
    { name: "ip", ...application("ip", ["--ip"]), variables: ["EG_IP", "KG_IP"], reference: `${mixins}#L194` },
    {
      name: "port",
      ...application("port", ["--port"]),
      variables: ["EG_PORT", "KG_PORT"],
      reference: `${mixins}#L167`,
    },
    {
      name: "token",
      ...application("auth_token"),
      variables: ["EG_AUTH_TOKEN", "KG_AUTH_TOKEN"],
      reference: `${mixins}#L217`,
    },
    {
      name: "allow-origin",
      ...application("allow_origin"),
      variables: ["EG_ALLOW_ORIGIN", "KG_ALLOW_ORIGIN"],
      reference: `${mixins}#L255`,
    },
    {
      name: "unauthorized-users",
      ...application("unauthorized_users"),
      variables: ["EG_UNAUTHORIZED_USERS"],
      reference: `${mixins}#L581`,
    },
  ],
  endpoints: [ipEndpoint(8888)],
  auth: loginByToken,
  hazards: [
    {
      rule: "hardcoded-secret",
      setting: "token",
      when: "secret",
      severity: "warning",
      says: "Whoever reads this file has the Enterprise Gateway's token and can run code on its cluster.",
      advice: "Pass EG_AUTH_TOKEN from a secret. Without any token the gateway is open.",
    },
    {
      rule: "cross-origin",
      setting: "allow-origin",
      when: { in: ["*"] },
      severity: "warning",
      says: "The Enterprise Gateway answers requests from every web site, so a page that someone opens can run code on its cluster.",
      fix: "remove",
      safe: true,
      advice: "Name the one site that needs it.",
    },
    {
      rule: "run-as-root",
      setting: "unauthorized-users",
      when: { pattern: "^(?!.*\\broot\\b)" },
      severity: "warning",
      says: "The Enterprise Gateway lets callers ask for kernels that run as root.",
      fix: "remove",
      advice: "Keep root in the list.",
    },
  ],
  reference: "https://jupyter-enterprise-gateway.readthedocs.io/en/latest/operators/config-security.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "jupyter enterprisegateway --ip=«0.0.0.0»",
      fixed: "jupyter enterprisegateway",
      severity: "error",
    },
    { rule: "public-bind", text: "EG_IP=«0.0.0.0» jupyter enterprisegateway", fixed: "jupyter enterprisegateway" },
    {
      rule: "public-publish",
      text: "docker run -p «8888:8888» elyra/enterprise-gateway:3.2.3",
      fixed: "docker run -p 127.0.0.1:8888:8888 elyra/enterprise-gateway:3.2.3",
      severity: "error",
    },
    {
      rule: "no-auth",
      text: "jupyter enterprisegateway --ip=0.0.0.0 «--EnterpriseGatewayApp.auth_token=''»",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      text: "«EG_AUTH_TOKEN=letmein7» jupyter enterprisegateway --ip=0.0.0.0",
    },
    {
      rule: "cross-origin",
      text: "jupyter enterprisegateway --ip=0.0.0.0 --EnterpriseGatewayApp.allow_origin='«*»'",
      fixed: "jupyter enterprisegateway --ip=0.0.0.0",
    },
    {
      rule: "run-as-root",
      text: "«EG_UNAUTHORIZED_USERS=nobody» jupyter enterprisegateway --ip=0.0.0.0",
      fixed: "jupyter enterprisegateway --ip=0.0.0.0",
    },
  ],
  safe: [
    "jupyter enterprisegateway",
    "EG_UNAUTHORIZED_USERS=root,admin jupyter enterprisegateway --ip=127.0.0.1",
    "jupyter enterprisegateway --generate-config",
  ],
};
