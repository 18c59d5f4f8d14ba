import type { Hazard } from "./tool.ts";

/** An entry of the host list that accepts every name, at least on one port: `*` crosses dots and colons there. */
const anyHost = "(^|,)\\s*(\\*|\\*\\.\\*|\\*:(\\d+|\\*)|\\*\\*|\\?\\*)\\s*(,|$)";

/** An origin that every web site has. */
const anyOrigin = "(^|,)\\s*(\\*|(https?|\\*)://\\*)\\s*(,|$)";

/** `user:password@` in a URL; `<password>` and the like are not one. */
const password = "://[^/@:\\s]*:[^/@\\s<>*{}]+@";

const crossOrigin: Hazard[] = [
  {
    rule: "cross-origin",
    setting: "allowed-hosts",
    when: { pattern: anyHost },
    severity: "error",
    says: "MLflow stops checking the Host header, so a web page can point its own name at this server and read or change everything through a visitor's browser.",
    // Without the option names outside localhost and the private ranges are refused, which may be what it was for.
    fix: "remove",
    advice:
      "List each name with its port, as in `mlflow.example.com,mlflow.example.com:*,localhost:*,127.0.0.1:*`: the whole header is compared, and a list replaces the default.",
    cves: ["CVE-2025-14279"],
  },
  {
    rule: "cross-origin",
    setting: "cors-allowed-origins",
    when: { pattern: anyOrigin },
    severity: "error",
    says: "MLflow lets any web site that a user visits create, change and delete its data with that user's login.",
    fix: "remove",
    safe: true,
    advice: "List the sites that need it: `--cors-allowed-origins https://notebook.example.com`.",
    cves: ["CVE-2025-1473"],
  },
  {
    rule: "cross-origin",
    setting: "x-frame-options",
    // Browsers ignore what they do not know, so any other value is no protection.
    when: { pattern: "^(?!(SAMEORIGIN|DENY|sameorigin|deny)$)." },
    severity: "warning",
    says: "MLflow lets any web site show it in a hidden frame and trick its users into clicks.",
    fix: "remove",
    safe: true,
    advice: "Traces that notebooks embed do not need it.",
  },
];

const securityOff: Hazard[] = [
  {
    rule: "security-off",
    setting: "disable-security-middleware",
    when: "true",
    severity: "error",
    says: "MLflow drops its checks of hosts, origins and frames, so any web page that a user visits can read and change its data.",
    fix: "remove",
    safe: true,
    advice: "Name the hosts and sites in use with `--allowed-hosts` and `--cors-allowed-origins` instead.",
    cves: ["CVE-2025-14279"],
  },
];

const devMode: Hazard[] = [
  {
    rule: "dev-mode",
    setting: "dev",
    when: "true",
    severity: "warning",
    says: "MLflow restarts whenever a file changes and logs at debug level.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "dev-mode",
    setting: "uvicorn-opts",
    when: { pattern: "(^|\\s)--reload(\\s|$)" },
    severity: "warning",
    says: "MLflow restarts whenever a file changes.",
    advice: "Take `--reload` out of the options.",
  },
  {
    rule: "dev-mode",
    setting: "gunicorn-opts",
    when: { pattern: "(^|\\s)--reload(\\s|$)" },
    severity: "warning",
    says: "MLflow restarts whenever a file changes, and shows tracebacks to every visitor when it fails to load.",
    advice: "Take `--reload` out of the options.",
  },
];

const forwarded =
  "MLflow believes the address that callers claim to have, so anyone can pass for this machine and use its assistant, which runs tools here.";
const forwardedAdvice = "Name the proxy's address: `--forwarded-allow-ips=10.0.0.2`.";

const codeExec: Hazard[] = [
  {
    rule: "code-exec",
    setting: "uvicorn-opts",
    when: { pattern: "--forwarded-allow-ips[=\\s]\\s*\\*" },
    severity: "error",
    says: forwarded,
    advice: forwardedAdvice,
  },
  {
    rule: "code-exec",
    setting: "forwarded-allow-ips",
    when: { pattern: "(^|,)\\s*\\*\\s*(,|$)" },
    severity: "error",
    says: forwarded,
    advice: forwardedAdvice,
    fix: "remove",
  },
  {
    rule: "code-exec",
    setting: "remote-assistant",
    when: "true",
    severity: "warning",
    says: "MLflow lets callers from other machines use its assistant, which runs tools on this one.",
    fix: "remove",
  },
  {
    rule: "code-exec",
    setting: "job-execution",
    when: "true",
    severity: "warning",
    says: "MLflow runs jobs for its callers, and versions before 3.10.0 ask none of them to log in.",
    fix: { replace: "false" },
    cves: ["CVE-2026-0545", "CVE-2026-2652"],
  },
];

const secrets: Hazard[] = [
  {
    rule: "hardcoded-secret",
    setting: "app-name",
    when: { in: ["basic-auth"] },
    unless: [{ setting: "auth-config", when: "set" }],
    // The password may have been changed since, and the file may be named elsewhere.
    severity: "info",
    says: "MLflow makes its first administrator from a file of its package, with a password that everyone knows: admin and password1234.",
    advice:
      "Write a file of your own with a generated `admin_password`, keep it out of git and name it in `MLFLOW_AUTH_CONFIG_PATH`.",
    cves: ["CVE-2025-11200"],
  },
  ...(["flask-secret-key", "tracking-password", "tracking-token"] as const).map(
    (setting): Hazard => ({
      rule: "hardcoded-secret",
      setting,
      when: "secret",
      severity: "error",
      says: "A key to MLflow is written here, for whoever reads the file, its history or the image.",
      advice: "Take it from a secret store when the server starts.",
    }),
  ),
  {
    rule: "hardcoded-secret",
    setting: "flask-secret-key",
    when: { in: ["my-secret-key"] },
    severity: "error",
    says: "MLflow signs its forms with the key of the documentation's example, which everyone knows.",
    advice: "Make one with `openssl rand -hex 32` and take it from a secret store when the server starts.",
  },
  {
    rule: "hardcoded-secret",
    setting: "kek-passphrase",
    when: "secret",
    severity: "warning",
    says: "The passphrase of the keys that MLflow stores for model providers is written here, for whoever reads the file, its history or the image.",
    advice: "Take it from a secret store when the server starts.",
  },
];

const tokenLeak: Hazard[] = [
  ...(["tracking-uri", "registry-uri"] as const).map(
    (setting): Hazard => ({
      rule: "token-leak",
      setting,
      when: { pattern: password },
      severity: "error",
      says: "The password to MLflow stands in a URL, which ends up in logs, in git and in the list of processes.",
      advice: "Give `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD` when it is run.",
    }),
  ),
  ...(["backend-store-uri", "registry-store-uri"] as const).map(
    (setting): Hazard => ({
      rule: "token-leak",
      setting,
      when: { pattern: password },
      // It is another program's secret.
      severity: "info",
      says: "The password of MLflow's database stands in its address, for whoever reads the file or the list of processes.",
      advice: "Give the whole address in a variable from a secret store.",
    }),
  ),
];

/** A tracking server on another machine, without TLS. */
const farHttp = "^http://(?!(localhost|127\\.[0-9.]+|\\[::1\\])([:/]|$))";

const plaintext: Hazard[] = [
  ...(["tracking-password", "tracking-token"] as const).map(
    (credential): Hazard => ({
      rule: "plaintext",
      setting: "tracking-uri",
      when: { pattern: farHttp },
      with: [{ setting: credential, when: "filled" }],
      severity: "warning",
      says: "MLflow's client sends its login unencrypted with every call, to whoever listens on the way.",
      advice: "Use https, or an SSH tunnel to 127.0.0.1.",
    }),
  ),
  {
    rule: "plaintext",
    setting: "tracking-insecure-tls",
    when: "true",
    severity: "error",
    says: "MLflow's client stops checking the server's certificate, so its login goes to whoever answers.",
    fix: "remove",
    advice: "Name the certificate authority in `MLFLOW_TRACKING_SERVER_CERT_PATH`.",
  },
  {
    rule: "plaintext",
    setting: "s3-ignore-tls",
    when: "true",
    severity: "error",
    says: "MLflow stops checking the certificate of its artifact store, so keys and models go to, and come from, whoever answers.",
    fix: "remove",
  },
];

export const mlflowHazards: Hazard[] = [
  ...crossOrigin,
  ...securityOff,
  ...devMode,
  ...codeExec,
  ...secrets,
  ...tokenLeak,
  ...plaintext,
];
