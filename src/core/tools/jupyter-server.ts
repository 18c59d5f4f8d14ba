import type { Hazard, Setting } from "./tool.ts";
import { trait } from "./traitlets.ts";

/*
 * What every front end of Jupyter Server understands, shared by the tables of `jupyter` and `jupyterhub-singleuser`.
 */

const server =
  "https://github.com/jupyter-server/jupyter_server/blob/9a4d6eea2b16815a493b11fffe0b51b1fe55a81b/jupyter_server";
const lab = "https://github.com/jupyterlab/jupyterlab/blob/6ef5a17ad831be80c3e63911b77fa9f8acfcbf50/jupyterlab";
const stacks = "https://github.com/jupyter/docker-stacks/blob/8209386950497966c8a9aa446b9a84a5dd78eab5";
const core = "https://github.com/jupyter/jupyter_core/blob/2e63fd3928a979844fa0c2a247ee1937bbae9a99/jupyter_core";
const client = "https://jupyter-client.readthedocs.io/en/stable";

/** notebook_shim moves a trait of any of these classes to ServerApp, so they mean the same in every front end. */
const applications = [
  "ServerApp",
  "NotebookApp",
  "LabApp",
  "JupyterNotebookApp",
  "SingleUserNotebookApp",
  "SingleUserLabApp",
];

function application(name: string, aliases: readonly string[] = []) {
  return trait(name, applications, aliases);
}

const bind: Setting[] = [
  { name: "ip", ...application("ip", ["--ip"]), reference: `${server}/serverapp.py#L1014` },
  {
    name: "port",
    ...application("port", ["--port"]),
    variables: ["JUPYTER_PORT"],
    reference: `${server}/serverapp.py#L1065`,
  },
  { name: "sock", ...application("sock", ["--sock"]), reference: `${server}/serverapp.py#L1089` },
  {
    name: "kernel-ip",
    ...trait("ip", ["KernelManager", "ConnectionFileMixin", "IPKernelApp"]),
    reference: `${client}/api/jupyter_client.html`,
  },
];

const login: Setting[] = [
  {
    name: "token",
    ...trait("token", ["IdentityProvider", "PasswordIdentityProvider", ...applications]),
    reference: `${server}/auth/identity.py#L172`,
  },
  // A setting of its own: an empty JUPYTER_TOKEN switches nothing off.
  { name: "token-variable", variables: ["JUPYTER_TOKEN"], reference: `${server}/auth/identity.py#L211` },
  {
    name: "password",
    options: ["--PasswordIdentityProvider.hashed_password", ...application("password").options],
    keys: ["PasswordIdentityProvider.hashed_password", ...application("password").keys],
    reference: `${server}/auth/identity.py#L634`,
  },
  {
    name: "identity-provider",
    ...application("identity_provider_class"),
    reference: `${server}/serverapp.py#L1737`,
  },
  {
    name: "hub-api-token",
    variables: ["JUPYTERHUB_API_TOKEN"],
    reference: `${stacks}/images/base-notebook/start-notebook.py`,
  },
  { name: "cookie-secret", ...application("cookie_secret"), reference: `${server}/serverapp.py#L1149` },
  { name: "session-key", ...trait("key", ["Session"]), reference: `${client}/messaging.html` },
];

const protection: Setting[] = [
  { name: "allow-origin", ...application("allow_origin"), reference: `${server}/serverapp.py#L968` },
  { name: "allow-origin-pattern", ...application("allow_origin_pat"), reference: `${server}/serverapp.py#L979` },
  { name: "allow-credentials", ...application("allow_credentials"), reference: `${server}/serverapp.py#L994` },
  { name: "disable-check-xsrf", ...application("disable_check_xsrf"), reference: `${server}/serverapp.py#L1307` },
  { name: "allow-remote-access", ...application("allow_remote_access"), reference: `${server}/serverapp.py#L1352` },
  { name: "tornado-settings", ...application("tornado_settings"), reference: `${server}/serverapp.py#L1471` },
  {
    name: "authenticate-prometheus",
    ...application("authenticate_prometheus"),
    reference: `${server}/serverapp.py#L2002`,
  },
  { name: "nbconvert-sandbox", ...application("nbconvert_csp_sandbox"), reference: `${server}/serverapp.py#L1609` },
  { name: "trust-xheaders", ...application("trust_xheaders"), reference: `${server}/serverapp.py#L1744` },
  { name: "use-redirect-file", ...application("use_redirect_file"), reference: `${server}/serverapp.py#L1402` },
  {
    name: "insecure-writes",
    variables: ["JUPYTER_ALLOW_INSECURE_WRITES"],
    truth: ["true", "True", "TRUE", "1"],
    reference: `${core}/paths.py`,
  },
  {
    name: "allow-hidden",
    ...trait("allow_hidden", ["ContentsManager", "FileContentsManager"]),
    reference: `${server}/services/contents/manager.py#L114`,
  },
  {
    name: "root-directory",
    options: ["--notebook-dir", ...application("root_dir").options, ...application("notebook_dir").options],
    keys: [...application("root_dir").keys, ...application("notebook_dir").keys],
    reference: `${server}/serverapp.py#L1840`,
  },
];

const user: Setting[] = [
  {
    name: "allow-root",
    ...application("allow_root"),
    switches: ["--allow-root"],
    reference: `${server}/serverapp.py#L1000`,
  },
  { name: "grant-sudo", variables: ["GRANT_SUDO"], reference: `${stacks}/docs/using/common.md` },
  { name: "container-user", variables: ["NB_USER"], reference: `${stacks}/docs/using/common.md` },
  { name: "container-user-id", variables: ["NB_UID"], reference: `${stacks}/docs/using/common.md` },
];

const development: Setting[] = [
  {
    name: "autoreload",
    ...application("autoreload"),
    switches: ["--autoreload"],
    reference: `${server}/serverapp.py#L1006`,
  },
  {
    name: "dev-mode",
    ...trait("dev_mode", ["LabApp"]),
    switches: ["--dev-mode"],
    reference: `${lab}/labapp.py#L543`,
  },
  {
    name: "expose-app",
    ...trait("expose_app_in_browser", ["LabApp"]),
    switches: ["--expose-app-in-browser"],
    reference: `${lab}/labapp.py#L581`,
  },
];

const gateway: Setting[] = [
  {
    name: "gateway-url",
    ...trait("url", ["GatewayClient"], ["--gateway-url"]),
    variables: ["JUPYTER_GATEWAY_URL"],
    reference: `${server}/gateway/gateway_client.py#L116`,
  },
  {
    name: "gateway-token",
    ...trait("auth_token", ["GatewayClient"]),
    variables: ["JUPYTER_GATEWAY_AUTH_TOKEN"],
    reference: `${server}/gateway/gateway_client.py#L338`,
  },
  {
    name: "gateway-password",
    ...trait("http_pwd", ["GatewayClient"]),
    variables: ["JUPYTER_GATEWAY_HTTP_PWD"],
    reference: `${server}/gateway/gateway_client.py#L290`,
  },
  {
    name: "gateway-verify",
    ...trait("validate_cert", ["GatewayClient"]),
    reference: `${server}/gateway/gateway_client.py#L369`,
  },
  // A setting of its own: the variable is compared with two words exactly, `False` and `0` leave verification on.
  {
    name: "gateway-verify-variable",
    variables: ["JUPYTER_GATEWAY_VALIDATE_CERT"],
    reference: `${server}/gateway/gateway_client.py#L369`,
  },
];

export const serverSettings: Setting[] = [...bind, ...login, ...protection, ...user, ...development, ...gateway];

/** Options of the front ends that take a value and are no setting here. */
export const serverValueOptions = [
  "--port-retries",
  "--sock-mode",
  "--transport",
  "--keyfile",
  "--certfile",
  "--client-ca",
  "--preferred-dir",
  "--browser",
  "--app-dir",
];

/** Options of the front ends that take none; `--watch` and `--pylab` do with and without. */
export const serverPlainOptions = [
  "--pylab",
  "--no-browser",
  "--script",
  "--no-script",
  "--no-mathjax",
  "--core-mode",
  "--skip-dev-build",
  "--watch",
  "--splice-source",
  "--extensions-in-dev-mode",
  "--collaborative",
  "--custom-css",
];

const ownToken =
  "Leave the token out, so that Jupyter makes one at every start, or set JUPYTER_TOKEN_FILE to a file that only you can read.";
const ownPassword =
  "Run `jupyter server password`: it stores a hash in your own configuration, where nobody else reads it.";

const secrets: Hazard[] = [
  {
    rule: "hardcoded-secret",
    setting: "token",
    when: { pattern: '^(None|"")$' },
    severity: "error",
    says: "Jupyter takes this text itself for the token, so anyone who guesses it can run code in these notebooks.",
    fix: "remove",
    advice: ownToken,
  },
  {
    rule: "hardcoded-secret",
    setting: "token",
    when: "secret",
    severity: "warning",
    says: "Whoever reads this file or the list of processes has Jupyter's token and can run code in these notebooks.",
    fix: "remove",
    advice: ownToken,
  },
  {
    rule: "hardcoded-secret",
    setting: "token-variable",
    when: "secret",
    severity: "warning",
    says: "Whoever reads this file has Jupyter's token and can run code in these notebooks.",
    fix: "remove",
    advice: ownToken,
  },
  {
    rule: "hardcoded-secret",
    setting: "password",
    when: "secret",
    severity: "warning",
    says: "Jupyter takes nothing but a hash here, so nobody can log in, and everyone who reads this file has the password.",
    fix: "remove",
    advice: ownPassword,
  },
  {
    rule: "hardcoded-secret",
    setting: "password",
    when: { pattern: "^sha1:" },
    severity: "info",
    says: "A SHA-1 hash is quickly guessed, so whoever reads this file may find Jupyter's password.",
    advice: `${ownPassword} The hash is Argon2 then.`,
  },
  {
    rule: "hardcoded-secret",
    setting: "cookie-secret",
    when: "secret",
    severity: "warning",
    says: "Whoever reads Jupyter's cookie secret can forge a login and run code in these notebooks.",
    fix: "remove",
    advice: "Leave it out: Jupyter keeps one in a file that only its owner can read.",
  },
  {
    rule: "hardcoded-secret",
    setting: "gateway-token",
    when: "secret",
    severity: "warning",
    says: "Whoever reads this file has the token of the kernel gateway that Jupyter uses and can run code there.",
    advice: "Pass JUPYTER_GATEWAY_AUTH_TOKEN from a secret.",
  },
  {
    rule: "hardcoded-secret",
    setting: "gateway-password",
    when: "secret",
    severity: "warning",
    says: "Whoever reads this file has the password of the kernel gateway that Jupyter uses and can run code there.",
    advice: "Pass JUPYTER_GATEWAY_HTTP_PWD from a secret.",
  },
];

const asRoot: Hazard[] = [
  {
    rule: "run-as-root",
    setting: "allow-root",
    when: "true",
    severity: "warning",
    says: "Jupyter may run as root, so every notebook cell and every terminal does.",
    fix: "remove",
    advice: "Run it as a normal user as well: without this option Jupyter refuses to start as root.",
  },
  {
    rule: "run-as-root",
    setting: "container-user",
    when: { in: ["root"] },
    with: [{ setting: "container-user-id", when: { in: ["0"] } }],
    severity: "warning",
    says: "The Jupyter image keeps root for its notebooks, so every cell runs as root in the container.",
    advice: "Delete NB_USER and NB_UID: the image then runs Jupyter as jovyan.",
  },
  {
    rule: "run-as-root",
    setting: "grant-sudo",
    when: { in: ["yes", "1"] },
    severity: "warning",
    says: "A Jupyter container that starts as root gives every notebook sudo without a password.",
    fix: "remove",
    advice: "Install what the notebooks need in a Dockerfile instead.",
  },
];

/** A pattern that any web site's origin matches. */
const anyOrigin = "^\\^?\\(?(http[s()?]*://)?\\(?\\.[*+]\\??\\)*\\$?$";

const crossOrigin: Hazard[] = [
  {
    rule: "cross-origin",
    setting: "allow-origin",
    when: { in: ["*"] },
    with: [{ setting: "token", when: "empty" }],
    unless: [{ setting: "password", when: "filled" }],
    severity: "error",
    says: "Jupyter answers requests from every web site and asks for no token, so any page that someone opens can run code in these notebooks.",
    fix: "remove",
    safe: true,
    advice: "Delete it, or name the one site that needs it: https://notebooks.example.com.",
  },
  {
    rule: "cross-origin",
    setting: "allow-origin",
    when: { in: ["*"] },
    with: [{ setting: "disable-check-xsrf", when: "true" }],
    severity: "error",
    says: "Jupyter answers requests from every web site and does not check where they come from, so a page that someone opens can run code in their notebooks.",
    fix: "remove",
    safe: true,
    advice: "Delete it, or name the one site that needs it: https://notebooks.example.com.",
  },
  {
    rule: "cross-origin",
    setting: "allow-origin",
    when: { in: ["*"] },
    severity: "warning",
    says: "Jupyter answers requests from every web site, so a page that someone opens can run code in their notebooks.",
    fix: "remove",
    safe: true,
    advice: "Delete it, or name the one site that needs it: https://notebooks.example.com.",
  },
  {
    rule: "cross-origin",
    setting: "allow-origin-pattern",
    when: { pattern: anyOrigin },
    severity: "warning",
    says: "This pattern lets every web site send requests to Jupyter, so a page that someone opens can run code in their notebooks.",
    fix: "remove",
    safe: true,
    advice: "Write the whole origin: ^https://notebooks\\.example\\.com$.",
  },
  {
    rule: "cross-origin",
    setting: "allow-origin-pattern",
    when: { pattern: "^(?!.*\\\\).*[A-Za-z0-9-]\\.[A-Za-z]" },
    severity: "warning",
    says: "A dot stands for any character, so a web site with a similar name can send requests to Jupyter and run code in these notebooks.",
    advice: "Write \\. for a dot: ^https://notebooks\\.example\\.com$.",
  },
  {
    rule: "cross-origin",
    setting: "allow-origin-pattern",
    when: { pattern: "[^$*+)]$" },
    severity: "info",
    says: "Jupyter Server before 2.18.0 compares only the beginning, so a web site whose name goes on can run code in these notebooks.",
    advice: "End the pattern with $.",
    cves: ["CVE-2026-40110"],
  },
  {
    rule: "cross-origin",
    setting: "allow-credentials",
    when: "true",
    with: [{ setting: "allow-origin", when: "filled" }],
    severity: "warning",
    says: "The web sites that Jupyter allows may use a visitor's login, so a page there can run code in their notebooks.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "cross-origin",
    setting: "allow-credentials",
    when: "true",
    with: [{ setting: "allow-origin-pattern", when: "filled" }],
    severity: "warning",
    says: "The web sites that Jupyter allows may use a visitor's login, so a page there can run code in their notebooks.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "cross-origin",
    setting: "allow-credentials",
    when: "true",
    severity: "info",
    says: "Jupyter tells browsers that other web sites may use a visitor's login.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "cross-origin",
    setting: "disable-check-xsrf",
    when: "true",
    severity: "error",
    says: "Jupyter does not check that a request comes from its own pages, so a web page that someone opens can start kernels and terminals.",
    fix: "remove",
    safe: true,
    advice: "A program that calls Jupyter sends `Authorization: token …`; such requests need no check.",
  },
  {
    rule: "cross-origin",
    setting: "allow-remote-access",
    when: "true",
    severity: "info",
    says: "Jupyter takes requests under any host name, so a web page can reach it by pointing its own name at this machine.",
    fix: "remove",
    safe: true,
    advice: "List the names that are really used in ServerApp.local_hostnames.",
  },
  {
    rule: "cross-origin",
    setting: "tornado-settings",
    when: { pattern: "frame-ancestors[^;}]*?[\\s:]\\*(?=[\\s;\"'}\\\\]|$)" },
    severity: "warning",
    says: "Every web site may show Jupyter inside its own page and trick people into clicking there.",
    advice: "Name the site that embeds it: frame-ancestors https://portal.example.com 'self'.",
  },
  {
    rule: "cross-origin",
    setting: "tornado-settings",
    when: { pattern: "Content-Security-Policy(?![\\s\\S]*frame-ancestors)" },
    severity: "warning",
    says: "This header takes the place of Jupyter's own, so every web site may show Jupyter inside its page and trick people into clicking there.",
    advice: "Add frame-ancestors 'self'.",
  },
  {
    rule: "cross-origin",
    setting: "tornado-settings",
    when: { pattern: "Access-Control-Allow-Origin\\W+\\*" },
    severity: "warning",
    says: "Jupyter tells browsers that pages of every web site may read its answers.",
    advice: "Name the one site that needs it.",
  },
  {
    rule: "cross-origin",
    setting: "tornado-settings",
    when: { pattern: "xsrf_cookies\\W+(False|false|0)|disable_check_xsrf\\W+(True|true|1)" },
    severity: "error",
    says: "Jupyter does not check that a request comes from its own pages, so a web page that someone opens can start kernels and terminals.",
  },
];

const protectionOff: Hazard[] = [
  {
    rule: "security-off",
    setting: "authenticate-prometheus",
    when: "false",
    severity: "info",
    says: "Anyone can read Jupyter's /metrics without a login.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "security-off",
    setting: "nbconvert-sandbox",
    when: "false",
    severity: "warning",
    says: "A notebook that Jupyter renders may run scripts in the browser of whoever looks at it and take their login.",
    fix: "remove",
    safe: true,
    cves: ["CVE-2026-44727"],
  },
  {
    rule: "security-off",
    setting: "trust-xheaders",
    when: "true",
    severity: "info",
    says: "Without a proxy in front of Jupyter, clients can pretend to be any address.",
    fix: "remove",
    advice: "Keep it only behind a proxy that sets these headers itself.",
  },
  {
    rule: "security-off",
    setting: "insecure-writes",
    when: "true",
    severity: "warning",
    says: "Jupyter may leave its keys readable for everyone on this machine, so other users can run code in your kernels.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "security-off",
    setting: "allow-hidden",
    when: "true",
    severity: "info",
    says: "Jupyter's file browser shows hidden files such as .ssh and .aws to everyone who may use it.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "security-off",
    setting: "root-directory",
    when: { in: ["/"] },
    severity: "info",
    says: "Jupyter's file browser shows the whole file system to everyone who may use it.",
    advice: "Start it in the directory of the notebooks.",
    cves: ["CVE-2022-29241"],
  },
  {
    rule: "token-leak",
    setting: "use-redirect-file",
    when: "false",
    severity: "info",
    says: "Jupyter puts its token on the browser's command line, where every user of this machine can read it.",
    fix: "remove",
    safe: true,
  },
];

const developing: Hazard[] = [
  {
    rule: "dev-mode",
    setting: "autoreload",
    when: "true",
    severity: "info",
    says: "Jupyter restarts whenever a Python file changes, so whoever can write one has it run.",
    fix: "remove",
  },
  {
    rule: "dev-mode",
    setting: "dev-mode",
    when: "true",
    severity: "info",
    says: "JupyterLab runs from its sources, with debugging aids that are not meant for others to reach.",
    fix: "remove",
  },
  {
    rule: "dev-mode",
    setting: "expose-app",
    when: "true",
    severity: "info",
    says: "JupyterLab hands its inner workings to every script in the page.",
    fix: "remove",
  },
];

const connections: Hazard[] = [
  {
    rule: "plaintext",
    setting: "gateway-verify",
    when: "false",
    severity: "warning",
    says: "Jupyter does not check the certificate of its kernel gateway, so someone in between can read and change the code that runs.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "plaintext",
    setting: "gateway-verify-variable",
    when: { pattern: "^(no|false)$" },
    severity: "warning",
    says: "Jupyter does not check the certificate of its kernel gateway, so someone in between can read and change the code that runs.",
    fix: "remove",
    safe: true,
  },
  ...["gateway-token", "gateway-password"].map(
    (secret): Hazard => ({
      rule: "plaintext",
      setting: "gateway-url",
      when: { pattern: "^http://(?!localhost\\b|127\\.|\\[::1\\])" },
      with: [{ setting: secret, when: "filled" }],
      severity: "warning",
      says: "Jupyter sends its secret for the kernel gateway over plain HTTP, so anyone in between can read it.",
      advice: "Use https://.",
    }),
  ),
  {
    rule: "security-off",
    setting: "session-key",
    when: "empty",
    with: [{ setting: "kernel-ip", when: { pattern: "^(?!localhost$|127\\.|::1$)" } }],
    severity: "error",
    says: "Jupyter's kernels take unsigned messages, so anyone who reaches their ports can run code.",
    fix: "remove",
    safe: true,
  },
];

export const serverHazards: Hazard[] = [
  ...secrets,
  ...asRoot,
  ...crossOrigin,
  ...protectionOff,
  ...developing,
  ...connections,
];
