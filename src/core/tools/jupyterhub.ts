import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication, trait } from "./traitlets.ts";

const hub = "https://github.com/jupyterhub/jupyterhub/blob/2841153db6c1c25d8b50955e2f4b39f78f3d0119/jupyterhub";

const everywhere = "^(0\\.0\\.0\\.0|::|\\[::\\]|\\*)?$";
const everywhereUrl = "^https?://(0\\.0\\.0\\.0|\\[::\\]|\\*)?(:\\d+)?(/.*)?$";

/** These start servers elsewhere, which have to reach the hub. */
const spawnsElsewhere = [
  { setting: "spawner", when: { pattern: "[Dd]ocker|[Kk]ube|[Ss]warm|[Bb]atch|[Ss]lurm|[Yy]arn" } },
];

export const jupyterhub: Tool = {
  id: "jupyterhub",
  name: "JupyterHub",
  callers: "log in and run code on this machine",
  runsCode: true,
  commands: ["jupyterhub", "python -m jupyterhub"],
  notLaunches: [...jupyterApplication.notLaunches, "token", "upgrade-db", "--generate-certs"],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["-f", "--db", "--base-url", "--ssl-key", "--ssl-cert", "--pid-file", "--log-file", "-y"],
  ],
  plainOptions: ["--debug", "--no-db", "--upgrade-db", "--no-ssl"],
  images: [
    {
      name: "jupyterhub/jupyterhub",
      entrypoint: [],
      command: ["jupyterhub"],
      reference:
        "https://github.com/jupyterhub/jupyterhub-container-images/blob/1a1d01a1f19747027219493a2981aa0f961f4223/base/Dockerfile",
    },
  ],
  settings: [
    { name: "ip", ...trait("ip", ["JupyterHub"], ["--ip"]), reference: `${hub}/app.py#L704` },
    { name: "port", ...trait("port", ["JupyterHub"], ["--port"]), reference: `${hub}/app.py#L715` },
    { name: "bind-url", ...trait("bind_url", ["JupyterHub"], ["--url"]), reference: `${hub}/app.py#L760` },
    { name: "hub-ip", ...trait("hub_ip", ["JupyterHub"]), reference: `${hub}/app.py#L1046` },
    { name: "hub-bind-url", ...trait("hub_bind_url", ["JupyterHub"]), reference: `${hub}/app.py#L1094` },
    { name: "proxy-api-url", ...trait("api_url", ["ConfigurableHTTPProxy"]), reference: `${hub}/proxy.py#L561` },
    { name: "authenticator", ...trait("authenticator_class", ["JupyterHub"]), reference: `${hub}/app.py#L1334` },
    { name: "dummy-password", ...trait("password", ["DummyAuthenticator"]), reference: `${hub}/auth.py#L1504` },
    { name: "allow-all", ...trait("allow_all", ["Authenticator"]), reference: `${hub}/auth.py#L234` },
    {
      name: "shared-password",
      ...trait("user_password", ["SharedPasswordAuthenticator"]),
      reference: `${hub}/authenticators/shared.py#L30`,
    },
    {
      name: "admin-password",
      ...trait("admin_password", ["SharedPasswordAuthenticator"]),
      reference: `${hub}/authenticators/shared.py#L50`,
    },
    {
      name: "cookie-secret",
      ...trait("cookie_secret", ["JupyterHub"]),
      variables: ["JPY_COOKIE_SECRET"],
      reference: `${hub}/app.py#L1228`,
    },
    {
      name: "proxy-token",
      options: ["--ConfigurableHTTPProxy.auth_token", "--JupyterHub.proxy_auth_token"],
      keys: ["ConfigurableHTTPProxy.auth_token", "JupyterHub.proxy_auth_token"],
      variables: ["CONFIGPROXY_AUTH_TOKEN"],
      reference: `${hub}/proxy.py#L542`,
    },
    { name: "crypt-key", variables: ["JUPYTERHUB_CRYPT_KEY"], reference: `${hub}/crypto.py#L22` },
    { name: "spawner", ...trait("spawner_class", ["JupyterHub"]), reference: `${hub}/app.py#L1459` },
    { name: "admin-access", ...trait("admin_access", ["JupyterHub"]), reference: `${hub}/app.py#L1590` },
    { name: "tornado-settings", ...trait("tornado_settings", ["JupyterHub"]), reference: `${hub}/app.py#L1604` },
  ],
  endpoints: [
    {
      role: "main",
      bind: {
        default: "all",
        settings: [
          { setting: "ip", format: "host" },
          { setting: "bind-url", format: "url" },
        ],
      },
      port: { default: [8000], settings: ["port", "bind-url"] },
    },
  ],
  auth: {
    default: "on",
    off: [{ setting: "authenticator", when: { pattern: "^(dummy|(.*\\.)?DummyAuthenticator)$" } }],
    on: [{ setting: "dummy-password", when: "filled" }],
  },
  hazards: [
    ...["dummy-password", "shared-password", "admin-password"].map((setting) => ({
      rule: "hardcoded-secret" as const,
      setting,
      when: "secret" as const,
      severity: "warning" as const,
      says: "Whoever reads this file has the password that JupyterHub takes from everyone.",
      advice: "Let people log in as themselves, with PAM or OAuth.",
    })),
    {
      rule: "hardcoded-secret",
      setting: "cookie-secret",
      when: "secret",
      severity: "warning",
      says: "Whoever reads JupyterHub's cookie secret can forge a login as any of its users.",
      advice: "Leave it out: JupyterHub keeps one in a file that only its owner can read.",
    },
    {
      rule: "hardcoded-secret",
      setting: "proxy-token",
      when: "secret",
      severity: "warning",
      says: "Whoever reads this file can tell JupyterHub's proxy where to send its users.",
      advice: "Leave it out: JupyterHub makes one at every start.",
    },
    {
      rule: "hardcoded-secret",
      setting: "crypt-key",
      when: "secret",
      severity: "warning",
      says: "Whoever reads this key can read the logins that JupyterHub keeps of its users.",
      advice: "Pass it from a secret.",
    },
    {
      rule: "security-off",
      setting: "allow-all",
      when: "true",
      with: [{ setting: "authenticator", when: { pattern: "[Nn]ative|[Gg]oogle|[Gg]it[Hh]ub|[Aa]uth0|[Oo][Aa]uth" } }],
      severity: "warning",
      says: "JupyterHub lets everyone in who has an account there, and anyone can make one.",
      fix: "remove",
      advice: "Name the people or groups in Authenticator.allowed_users.",
    },
    {
      rule: "security-off",
      setting: "allow-all",
      when: "true",
      severity: "info",
      says: "JupyterHub lets everyone in whom its login knows.",
      fix: "remove",
      advice: "Name the people or groups in Authenticator.allowed_users.",
    },
    {
      rule: "security-off",
      setting: "spawner",
      when: { pattern: "^(simple|(.*\\.)?SimpleLocalProcessSpawner)$" },
      severity: "warning",
      says: "JupyterHub runs everyone's notebooks as one user, so each of its users can read and change the others' work.",
      fix: "remove",
      advice: "Use LocalProcessSpawner, or one that starts containers.",
    },
    {
      rule: "security-off",
      setting: "admin-access",
      when: "true",
      severity: "info",
      says: "JupyterHub's administrators can enter everyone's notebooks.",
      fix: "remove",
    },
    {
      rule: "cross-origin",
      setting: "tornado-settings",
      when: { pattern: "frame-ancestors[^;}]*?[\\s:]\\*(?=[\\s;\"'}\\\\]|$)" },
      severity: "warning",
      says: "Every web site may show JupyterHub inside its own page and trick people into clicking there.",
      advice: "Name the site that embeds it: frame-ancestors https://portal.example.com 'self'.",
    },
    {
      rule: "internal-port",
      setting: "hub-ip",
      when: { pattern: everywhere },
      unless: spawnsElsewhere,
      severity: "warning",
      says: "JupyterHub's own API listens on every interface, although only its proxy and its users' servers need it.",
      fix: "remove",
      advice: "Only servers in containers or on other machines need this.",
    },
    {
      rule: "internal-port",
      setting: "hub-bind-url",
      when: { pattern: everywhereUrl },
      unless: spawnsElsewhere,
      severity: "warning",
      says: "JupyterHub's own API listens on every interface, although only its proxy and its users' servers need it.",
      fix: "remove",
      advice: "Only servers in containers or on other machines need this.",
    },
    {
      rule: "internal-port",
      setting: "proxy-api-url",
      when: { pattern: everywhereUrl },
      severity: "warning",
      says: "The API of JupyterHub's proxy listens on every interface, although only the hub needs it.",
      fix: "remove",
    },
  ],
  reference: "https://jupyterhub.readthedocs.io/en/stable/tutorial/getting-started/networking-basics.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "public-bind", text: "«jupyterhub»", fixed: "jupyterhub --ip 127.0.0.1", severity: "info" },
    {
      rule: "public-bind",
      text: "jupyterhub --ip=«0.0.0.0»",
      fixed: "jupyterhub --ip=127.0.0.1",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "jupyterhub -f jupyterhub_config.py --url=http://«0.0.0.0»:8000",
      fixed: "jupyterhub -f jupyterhub_config.py --url=http://127.0.0.1:8000",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8000:8000» quay.io/jupyterhub/jupyterhub",
      fixed: "docker run -p 127.0.0.1:8000:8000 quay.io/jupyterhub/jupyterhub",
      severity: "warning",
    },
    {
      rule: "no-auth",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.authenticator_class=«dummy»",
      fixed: "jupyterhub --ip=0.0.0.0",
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "jupyterhub --ip=0.0.0.0 --DummyAuthenticator.password=«letmein7»" },
    {
      rule: "hardcoded-secret",
      text: "jupyterhub --ip=0.0.0.0 --SharedPasswordAuthenticator.user_password=«letmein7»",
    },
    {
      rule: "hardcoded-secret",
      text: "jupyterhub --ip=0.0.0.0 --SharedPasswordAuthenticator.admin_password=«b7c1f0d2a9b7c1f0d2a9b7c1f0d2a9b7c1»",
    },
    { rule: "hardcoded-secret", text: "«JPY_COOKIE_SECRET=b7c1f0d2a9» jupyterhub --ip=0.0.0.0" },
    { rule: "hardcoded-secret", text: "«CONFIGPROXY_AUTH_TOKEN=b7c1f0d2a9» jupyterhub --ip=0.0.0.0" },
    { rule: "hardcoded-secret", text: "«JUPYTERHUB_CRYPT_KEY=b7c1f0d2a9» jupyterhub --ip=0.0.0.0" },
    {
      rule: "security-off",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.authenticator_class=google --Authenticator.allow_all=«True»",
      fixed: "jupyterhub --ip=0.0.0.0 --JupyterHub.authenticator_class=google",
      severity: "warning",
    },
    {
      rule: "security-off",
      text: "jupyterhub --ip=0.0.0.0 --Authenticator.allow_all=«True»",
      fixed: "jupyterhub --ip=0.0.0.0",
      severity: "info",
    },
    {
      rule: "security-off",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.spawner_class=«simple»",
      fixed: "jupyterhub --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "security-off",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.admin_access=«True»",
      fixed: "jupyterhub --ip=0.0.0.0",
      severity: "info",
    },
    {
      rule: "cross-origin",
      text: `jupyterhub --ip=0.0.0.0 --JupyterHub.tornado_settings='«{"headers":{"Content-Security-Policy":"frame-ancestors *"}}»'`,
    },
    {
      rule: "internal-port",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.hub_ip=«0.0.0.0»",
      fixed: "jupyterhub --ip=0.0.0.0",
      severity: "warning",
    },
    {
      rule: "internal-port",
      text: "jupyterhub --ip=0.0.0.0 --JupyterHub.hub_bind_url=«http://0.0.0.0:8081»",
      fixed: "jupyterhub --ip=0.0.0.0",
    },
    {
      rule: "internal-port",
      text: "jupyterhub --ip=0.0.0.0 --ConfigurableHTTPProxy.api_url=«http://0.0.0.0:8001»",
      fixed: "jupyterhub --ip=0.0.0.0",
    },
  ],
  safe: [
    "jupyterhub --ip=127.0.0.1",
    "jupyterhub --url=http://127.0.0.1:8000 --no-ssl",
    "jupyterhub --generate-config",
    "jupyterhub token alice",
    "jupyterhub upgrade-db",
  ],
};
