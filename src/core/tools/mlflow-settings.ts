import type { Setting } from "./tool.ts";

/*
 * What `mlflow server` reads from its command line and its environment. `-h` is the host, not help.
 */

const source = "https://github.com/mlflow/mlflow/blob";
const options = `${source}/004d7de0da5194f34564ce205c6ea593355c5758/mlflow/utils/cli_args.py`;
const command = `${source}/00747dbbf0b0c68611952fde56a9359a24c93710/mlflow/cli/__init__.py`;
const login = `${source}/0157ae5/docs/docs/self-hosting/security/basic-http-auth.mdx`;
const credentials = `${source}/001cc17/mlflow/utils/credentials.py`;
const assistant = `${source}/0008d55/mlflow/server/assistant/api.py`;
const variables = `${source}/00747dbbf0b0c68611952fde56a9359a24c93710/mlflow/environment_variables.py`;

/** The address and port, which `mlflow models serve` shares. */
export const mlflowAddress: Setting[] = [
  { name: "host", options: ["--host", "-h"], variables: ["MLFLOW_HOST"], reference: options },
  { name: "port", options: ["--port", "-p"], variables: ["MLFLOW_PORT"], reference: options },
];

const server: Setting[] = [
  // gunicorn adds each address that it is given, so one in here opens a socket beside `--host`.
  { name: "gunicorn-opts", options: ["--gunicorn-opts"], variables: ["MLFLOW_GUNICORN_OPTS"], reference: command },
  { name: "uvicorn-opts", options: ["--uvicorn-opts"], variables: ["MLFLOW_UVICORN_OPTS"], reference: command },
  { name: "dev", switches: ["--dev"], reference: command },
  {
    name: "forwarded-allow-ips",
    variables: ["FORWARDED_ALLOW_IPS"],
    reference: "https://github.com/encode/uvicorn/blob/e6c7ce79/uvicorn/config.py#L334",
  },
];

const protection: Setting[] = [
  {
    name: "allowed-hosts",
    options: ["--allowed-hosts"],
    variables: ["MLFLOW_SERVER_ALLOWED_HOSTS"],
    reference: options,
  },
  {
    name: "cors-allowed-origins",
    options: ["--cors-allowed-origins"],
    variables: ["MLFLOW_SERVER_CORS_ALLOWED_ORIGINS"],
    reference: options,
  },
  {
    name: "x-frame-options",
    options: ["--x-frame-options"],
    variables: ["MLFLOW_SERVER_X_FRAME_OPTIONS"],
    reference: options,
  },
  {
    name: "disable-security-middleware",
    switches: ["--disable-security-middleware"],
    variables: ["MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE"],
    reference: options,
  },
  { name: "remote-assistant", variables: ["MLFLOW_ENABLE_REMOTE_ASSISTANT"], reference: assistant },
  { name: "job-execution", variables: ["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"], reference: variables },
];

const authentication: Setting[] = [
  { name: "app-name", options: ["--app-name"], reference: command },
  { name: "auth-config", variables: ["MLFLOW_AUTH_CONFIG_PATH"], reference: login },
  { name: "flask-secret-key", variables: ["MLFLOW_FLASK_SERVER_SECRET_KEY"], reference: login },
  {
    name: "kek-passphrase",
    variables: ["MLFLOW_CRYPTO_KEK_PASSPHRASE"],
    reference: "https://mlflow.org/docs/latest/genai/governance/ai-gateway/api-keys/key-rotation",
  },
];

/** Variables of MLflow's clients, which a server that is one itself, or its script, often sets too. */
const client: Setting[] = [
  { name: "tracking-uri", variables: ["MLFLOW_TRACKING_URI"], reference: credentials },
  { name: "registry-uri", variables: ["MLFLOW_REGISTRY_URI"], reference: credentials },
  { name: "tracking-username", variables: ["MLFLOW_TRACKING_USERNAME"], reference: credentials },
  { name: "tracking-password", variables: ["MLFLOW_TRACKING_PASSWORD"], reference: credentials },
  { name: "tracking-token", variables: ["MLFLOW_TRACKING_TOKEN"], reference: credentials },
  { name: "tracking-insecure-tls", variables: ["MLFLOW_TRACKING_INSECURE_TLS"], reference: credentials },
  { name: "s3-ignore-tls", variables: ["MLFLOW_S3_IGNORE_TLS"], reference: variables },
];

const storage: Setting[] = [
  {
    name: "backend-store-uri",
    options: ["--backend-store-uri"],
    variables: ["MLFLOW_BACKEND_STORE_URI"],
    reference: command,
  },
  {
    name: "registry-store-uri",
    options: ["--registry-store-uri"],
    variables: ["MLFLOW_REGISTRY_STORE_URI"],
    reference: command,
  },
];

export const mlflowSettings: Setting[] = [
  ...mlflowAddress,
  ...server,
  ...protection,
  ...authentication,
  ...client,
  ...storage,
];
