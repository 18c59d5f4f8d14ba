import { mlflowHazards } from "./mlflow-hazards.ts";
import { mlflowSettings } from "./mlflow-settings.ts";
import type { Tool, ToolExamples } from "./tool.ts";

/** MLflow's tracking server. Since 3.5.0 it checks hosts and origins; it has no login unless it is given one. */
export const mlflow: Tool = {
  id: "mlflow",
  name: "MLflow",
  callers: "read, change and delete its experiments, models and artifacts",
  runsCode: false,
  commands: ["mlflow server", "mlflow ui", "python -m mlflow server", "python -m mlflow ui"],
  groupOptions: ["--env-file"],
  notLaunches: ["--help", "--version"],
  parser: "click",
  valueOptions: [
    ...["--read-replica-backend-store-uri", "--default-artifact-root", "--artifacts-destination"],
    ...["--workers", "-w", "--static-prefix", "--waitress-opts", "--expose-prometheus", "--trace-archival-config"],
    ...["--secrets-cache-ttl", "--secrets-cache-max-size", "--workspace-store-uri"],
  ],
  plainOptions: [
    ...["--serve-artifacts", "--no-serve-artifacts", "--artifacts-only"],
    ...["--enable-workspaces", "--disable-workspaces"],
  ],
  images: [
    {
      // Python with the package: the command has to be given.
      name: "mlflow/mlflow",
      entrypoint: [],
      command: [],
      user: "root",
      reference: "https://github.com/mlflow/mlflow/blob/0daeb82/docker/Dockerfile",
    },
  ],
  settings: mlflowSettings,
  endpoints: [
    {
      role: "main",
      bind: {
        default: "loopback",
        settings: [
          { setting: "host", format: "host" },
          { setting: "gunicorn-opts", format: "options" },
        ],
      },
      port: { default: [5000], settings: ["port"], tells: "beside" },
    },
  ],
  auth: { default: "none", off: [], on: [{ setting: "app-name", when: "filled" }] },
  hazards: mlflowHazards,
  reference:
    "https://github.com/mlflow/mlflow/blob/24b81cb07d0aba66799539c55cde761f67630c8f/docs/docs/self-hosting/security/network.mdx",
  cves: [
    {
      id: "CVE-2025-14279",
      about: "MLflow before 3.5.0 checks no Host header, so web pages can reach it by DNS rebinding.",
      url: "https://www.miggo.io/vulnerability-database/cve/CVE-2025-14279",
    },
    {
      id: "CVE-2025-11201",
      about: "Creating a model could write outside its directory and so run code, without a login.",
      url: "https://www.sentinelone.com/vulnerability-database/cve-2025-11201/",
    },
    {
      id: "CVE-2025-11200",
      about: "MLflow before 2.22.0 took weak passwords.",
      url: "https://aithreatalert.com/cve/CVE-2025-11200",
    },
    {
      id: "CVE-2026-2652",
      about: "MLflow before 3.10.0 asked for no login on some of its routes.",
      url: "https://al-ice.ai/posts/2026/05/mlflow-cve-2026-2652-auth-bypass-fastapi/",
    },
    {
      id: "CVE-2026-0545",
      about: "The job interface ran code without a login where job execution is on.",
      url: "https://aithreatalert.com/cve/CVE-2026-0545",
    },
    {
      id: "CVE-2025-1473",
      about: "MLflow 2.17.0 to 2.20.1 let other sites sign users up.",
      url: "https://www.sentinelone.com/vulnerability-database/cve-2025-1473/",
    },
    {
      id: "GHSA-wxj7-3fx5-pp9m",
      about: "Callers could make the server fetch any address through its gateway proxy.",
      url: "https://github.com/github/advisory-database/pull/6124",
    },
    {
      id: "GHSA-7gwp-5pfp-969j",
      about: "Callers could make the server fetch any address through webhooks, without a login.",
      url: "https://github.com/github/advisory-database/pull/9594",
    },
    {
      id: "CVE-2024-37052",
      about: "Loading a model could run code that it holds.",
      url: "https://github.com/github/advisory-database/pull/8027",
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "mlflow server --host «0.0.0.0» --port 5000",
      fixed: "mlflow server --port 5000",
      severity: "warning",
    },
    { rule: "public-bind", text: "mlflow ui -h «0.0.0.0»", fixed: "mlflow ui", severity: "warning" },
    { rule: "public-bind", text: "mlflow server -h«0.0.0.0»", fixed: "mlflow server" },
    { rule: "public-bind", text: "python3 -m mlflow server --host=«::»", fixed: "python3 -m mlflow server" },
    {
      rule: "public-bind",
      text: "mlflow --env-file .env server --host «192.168.1.20»",
      fixed: "mlflow --env-file .env server",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "mlflow server --gunicorn-opts '--workers 2 -b «0.0.0.0»:5000'",
      fixed: "mlflow server --gunicorn-opts '--workers 2 -b 127.0.0.1:5000'",
    },
    {
      rule: "public-bind",
      text: "mlflow server --app-name basic-auth --host «0.0.0.0»",
      fixed: "mlflow server --app-name basic-auth",
      severity: "warning",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM ghcr.io/mlflow/mlflow\nCMD ["mlflow", "server", "--host", "«0.0.0.0»"]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    ports:\n      - «"5000:5000"»\n',
      fixed:
        'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    ports:\n      - "127.0.0.1:5000:5000"\n',
      severity: "warning",
    },
    {
      rule: "cross-origin",
      text: "mlflow server --host 0.0.0.0 --allowed-hosts «'*'»",
      fixed: "mlflow server --host 0.0.0.0",
      severity: "error",
    },
    {
      rule: "cross-origin",
      text: 'mlflow server --host 0.0.0.0 --allowed-hosts «"mlflow.example.com,*"»',
      fixed: "mlflow server --host 0.0.0.0",
    },
    {
      rule: "cross-origin",
      text: "mlflow server --host 0.0.0.0 --allowed-hosts=«*:5000»",
      fixed: "mlflow server --host 0.0.0.0",
    },
    {
      rule: "cross-origin",
      path: "compose.yaml",
      text: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    environment:\n      «MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: "*"»\n      TZ: UTC\n    ports: ["127.0.0.1:5000:5000", "9000:5000"]\n',
      fixed:
        'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow\n    command: mlflow server --host 0.0.0.0\n    environment:\n      TZ: UTC\n    ports: ["127.0.0.1:5000:5000", "9000:5000"]\n',
      severity: "error",
    },
    {
      rule: "cross-origin",
      text: "mlflow server --host 0.0.0.0 --x-frame-options «NONE»",
      fixed: "mlflow server --host 0.0.0.0",
      severity: "warning",
    },
    {
      rule: "security-off",
      text: "mlflow server --host 0.0.0.0 «--disable-security-middleware»",
      fixed: "mlflow server --host 0.0.0.0",
      severity: "error",
    },
    {
      rule: "security-off",
      path: "Dockerfile",
      text: 'FROM python:3.12\nENV «MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE=true»\nCMD ["mlflow", "server", "--host", "0.0.0.0"]\n',
      fixed: 'FROM python:3.12\nCMD ["mlflow", "server", "--host", "0.0.0.0"]\n',
      severity: "warning",
    },
    {
      rule: "dev-mode",
      text: "mlflow server --host 0.0.0.0 «--dev»",
      fixed: "mlflow server --host 0.0.0.0",
      severity: "warning",
    },
    { rule: "dev-mode", text: "mlflow server -h 0.0.0.0 --uvicorn-opts «'--reload --log-level debug'»" },
    { rule: "dev-mode", text: "mlflow server -h 0.0.0.0 --gunicorn-opts «'--reload'»" },
    { rule: "code-exec", text: "mlflow server -h 0.0.0.0 --uvicorn-opts «'--forwarded-allow-ips=*'»" },
    {
      rule: "code-exec",
      text: "«FORWARDED_ALLOW_IPS='*'» mlflow server -h 0.0.0.0",
      fixed: "mlflow server -h 0.0.0.0",
      severity: "error",
    },
    {
      rule: "code-exec",
      text: "«MLFLOW_ENABLE_REMOTE_ASSISTANT=true» mlflow server -h 0.0.0.0",
      fixed: "mlflow server -h 0.0.0.0",
    },
    {
      rule: "code-exec",
      text: "«MLFLOW_SERVER_ENABLE_JOB_EXECUTION=true» mlflow server -h 0.0.0.0",
      fixed: "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false mlflow server -h 0.0.0.0",
    },
    { rule: "hardcoded-secret", text: "mlflow server -h 0.0.0.0 --app-name «basic-auth»", severity: "info" },
    {
      rule: "hardcoded-secret",
      text: "export «MLFLOW_FLASK_SERVER_SECRET_KEY=my-secret-key»\nmlflow server -h 0.0.0.0 --app-name auth\n",
      severity: "error",
    },
    {
      rule: "hardcoded-secret",
      path: "Dockerfile",
      text: 'FROM python:3.12\nENV «MLFLOW_FLASK_SERVER_SECRET_KEY=0f8d33b1c2»\nCMD ["mlflow", "server"]\n',
    },
    { rule: "hardcoded-secret", text: "«MLFLOW_TRACKING_PASSWORD=password1234» mlflow server -h 0.0.0.0" },
    { rule: "hardcoded-secret", text: "«MLFLOW_TRACKING_TOKEN=c0ffee42» mlflow server -h 0.0.0.0" },
    { rule: "hardcoded-secret", text: "«MLFLOW_CRYPTO_KEK_PASSPHRASE=c0ffee42» mlflow server -h 0.0.0.0" },
    {
      rule: "token-leak",
      text: "«MLFLOW_TRACKING_URI=https://ada:c0ffee@mlflow.example.com» mlflow server -h 0.0.0.0",
    },
    {
      rule: "token-leak",
      text: "mlflow server -h 0.0.0.0 --backend-store-uri «postgresql://mlflow:c0ffee@db/mlflow»",
      severity: "info",
    },
    {
      rule: "plaintext",
      text: 'export MLFLOW_TRACKING_PASSWORD="$PASSWORD"\nexport «MLFLOW_TRACKING_URI=http://mlflow.example.com:5000»\nmlflow server -h 0.0.0.0\n',
      severity: "warning",
    },
    {
      rule: "plaintext",
      text: "«MLFLOW_TRACKING_INSECURE_TLS=true» mlflow server -h 0.0.0.0",
      fixed: "mlflow server -h 0.0.0.0",
      severity: "error",
    },
    {
      rule: "plaintext",
      path: "Dockerfile",
      text: 'FROM python:3.12\nENV A=b «MLFLOW_S3_IGNORE_TLS=true»\nCMD ["mlflow", "server"]\n',
      fixed: 'FROM python:3.12\nENV A=b\nCMD ["mlflow", "server"]\n',
    },
  ],
  safe: [
    "mlflow server",
    "mlflow server -h 127.0.0.1",
    "mlflow server --host localhost --dev",
    'mlflow server --host "$HOST"',
    "mlflow run . -P host=0.0.0.0",
    "mlflow experiments search --help",
    "mlflow --version",
    // MLflow puts its own `--host` behind these, and the last one wins.
    "mlflow server --uvicorn-opts '--host 0.0.0.0'",
    "mlflow server --allowed-hosts '*.example.com,localhost:*' --x-frame-options DENY",
    'mlflow server --backend-store-uri "postgresql://mlflow:$PASSWORD@db/mlflow"',
    "mlflow server --backend-store-uri sqlite:///mlflow.db",
    "MLFLOW_TRACKING_URI=http://0.0.0.0:5000 python train.py",
    "MLFLOW_AUTH_CONFIG_PATH=/etc/mlflow/auth.ini MLFLOW_FLASK_SERVER_SECRET_KEY='<secret>' mlflow server --app-name basic-auth",
    "# mlflow server --host 0.0.0.0",
  ],
};
