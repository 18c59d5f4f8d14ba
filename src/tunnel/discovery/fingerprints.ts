import * as z from "zod/mini";
import { harmless } from "../harmless.ts";
import type { Answer } from "./http.ts";
import type { RemoteServer, ServiceKind } from "./server.ts";

/** What a server gave away of itself. */
export type Recognised = Pick<RemoteServer, "kind" | "auth"> & { readonly version?: string };

/** Asks the server for a path below its base path; each path is asked for once. */
export type Ask = (path: string) => Promise<Answer | undefined>;

/** How a service is told from others; `undefined` where it is another one. */
export type Fingerprint = (ask: Ask) => Promise<Recognised | undefined>;

/**
 * What each service answers to anyone. In this order, which decides where one kind could be taken for another: `api`
 * and `data/environment` say most, `version` and `_stcore/health` least.
 */
export const fingerprints: Readonly<Record<ServiceKind, Fingerprint>> = {
  jupyter,
  tensorboard,
  ray,
  ollama,
  mlflow,
  vllm,
  gradio,
  marimo,
  dask,
  triton,
  streamlit,
};

/** jupyter_server/services/api/handlers.py: `/api` answers everyone, `/api/status` whoever is logged in. */
async function jupyter(ask: Ask): Promise<Recognised | undefined> {
  const api = await ask("api");
  const version = stringIn(api, "version");
  if (version === undefined || !/^TornadoServer\//.test(header(api, "server"))) return undefined;
  const status = await ask("api/status");
  return {
    kind: "jupyter",
    ...versionOf(version),
    auth: asksLogin(status) ? "on" : status?.status === 200 ? "off" : "unknown",
  };
}

/** tensorboard/plugins/core/core_plugin.py. */
async function tensorboard(ask: Ask): Promise<Recognised | undefined> {
  const environment = jsonOf(await ask("data/environment"));
  const isIt = typeof environment?.["data_location"] === "string" && "window_title" in environment;
  return isIt ? { kind: "tensorboard", ...versionOf(environment["version"]), auth: "none" } : undefined;
}

/** Ray's dashboard: with tokens (RAY_AUTH_MODE) only its mode and its health are told to everyone. */
async function ray(ask: Ask): Promise<Recognised | undefined> {
  const mode = stringIn(await ask("api/authentication_mode"), "authentication_mode");
  const version = stringIn(await ask("api/version"), "ray_version");
  if (mode === undefined && version === undefined) return undefined;
  return { kind: "ray", ...versionOf(version), auth: mode === "token" ? "on" : "none" };
}

/** ollama's server/routes.go at fb30760. */
async function ollama(ask: Ask): Promise<Recognised | undefined> {
  if ((await ask(""))?.body.trim() !== "Ollama is running") return undefined;
  return { kind: "ollama", ...versionOf(stringIn(await ask("api/version"), "version")), auth: "none" };
}

/**
 * mlflow/server/__init__.py tells its version as text. mlflow/server/auth asks for a login before that, under its own
 * name. A refusal of our Host header (403, mlflow/server/fastapi_security.py) says nothing about a login.
 */
async function mlflow(ask: Ask): Promise<Recognised | undefined> {
  const version = await ask("version");
  if (version?.status === 401 && /realm="mlflow"/.test(header(version, "www-authenticate"))) {
    return { kind: "mlflow", auth: "on" };
  }
  const isVersion = version?.status === 200 && /^\d+\.\d+\.\w+$/.test(version.body.trim());
  if (!isVersion || (await ask("health"))?.body.trim() !== "OK") return undefined;
  const search = await ask("ajax-api/2.0/mlflow/experiments/search?max_results=1");
  const auth = search?.status === 401 ? "on" : search?.status === 200 ? "none" : "unknown";
  return { kind: "mlflow", ...versionOf(version.body.trim()), auth };
}

/** vllm/entrypoints/openai/api_server.py: with an API key, `/v1` asks for it and the rest stays open. */
async function vllm(ask: Ask): Promise<Recognised | undefined> {
  const version = stringIn(await ask("version"), "version");
  if (version === undefined) return undefined;
  const models = await ask("v1/models");
  if (models?.status === 401) return { kind: "vllm", ...versionOf(version), auth: "on" };
  const isIt = /"owned_by"\s*:\s*"vllm"/.test(models?.body ?? "");
  return isIt ? { kind: "vllm", ...versionOf(version), auth: "none" } : undefined;
}

/** gradio/routes.py at 375335e: the page carries its configuration, and `/config` asks for the login. */
async function gradio(ask: Ask): Promise<Recognised | undefined> {
  if (!(await ask(""))?.body.includes("window.gradio_config")) return undefined;
  const config = await ask("config");
  if (asksLogin(config)) return { kind: "gradio", auth: "on" };
  return {
    kind: "gradio",
    ...versionOf(stringIn(config, "version")),
    auth: config?.status === 200 ? "none" : "unknown",
  };
}

/**
 * marimo/_server/api/endpoints/health.py at 3955fdf: `/api/version` answers whoever may read (everyone in 0.10),
 * `/api/status` whoever may edit. An app that was only published (`marimo run`) refuses that too, so its page has to
 * tell: `none` is a published app. With a login, only the page to log in (login.py) shows whose it is.
 */
async function marimo(ask: Ask): Promise<Recognised | undefined> {
  if (stringIn(await ask("health"), "status") !== "healthy") return undefined;
  const version = await ask("api/version");
  if (version?.status === 401) {
    const isIt = (await ask("auth/login"))?.body.includes("<title>marimo</title>");
    return isIt ? { kind: "marimo", auth: "on" } : undefined;
  }
  if (version?.status !== 200 || !/^\d+\.\d+\.\w+$/.test(version.body.trim())) return undefined;
  const known = { kind: "marimo", ...versionOf(version.body.trim()) } as const;
  if ((await ask("api/status"))?.status === 200) return { ...known, auth: "off" };
  const page = await ask("");
  return { ...known, auth: asksLogin(page) ? "on" : page?.status === 200 ? "none" : "unknown" };
}

/** distributed/http/scheduler/json.py at 40fcd99. */
async function dask(ask: Ask): Promise<Recognised | undefined> {
  const type = stringIn(await ask("json/identity.json"), "type");
  return type === "Scheduler" ? { kind: "dask", auth: "none" } : undefined;
}

/**
 * TRITONSERVER_ServerMetadata of triton-inference-server/core, src/tritonserver.cc at 73aad7c. The name is `triton`
 * unless `--id` says otherwise (server's src/command_line_parser.h at e1db8a6).
 */
async function triton(ask: Ask): Promise<Recognised | undefined> {
  const metadata = jsonOf(await ask("v2"));
  return metadata?.["name"] === "triton"
    ? { kind: "triton", ...versionOf(metadata["version"]), auth: "none" }
    : undefined;
}

/** lib/streamlit/web/server/server.py at 2db81f7. Whether an app asks for a login is in its own code, and nothing here tells. */
async function streamlit(ask: Ask): Promise<Recognised | undefined> {
  const health = await ask("_stcore/health");
  return health?.status === 200 && health.body.trim() === "ok" ? { kind: "streamlit", auth: "unknown" } : undefined;
}

/** Refused, or sent to a page to log in. */
function asksLogin(answer: Answer | undefined): boolean {
  if (answer?.status === 401 || answer?.status === 403) return true;
  return (
    answer !== undefined && answer.status >= 300 && answer.status < 400 && /login/.test(header(answer, "location"))
  );
}

function header(answer: Answer | undefined, name: string): string {
  const value = answer?.headers[name];
  return typeof value === "string" ? value : "";
}

const object = z.record(z.string(), z.unknown());

function jsonOf(answer: Answer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (answer?.status !== 200) return undefined;
  try {
    return z.safeParse(object, JSON.parse(answer.body)).data;
  } catch {
    return undefined;
  }
}

function stringIn(answer: Answer | undefined, key: string): string | undefined {
  const value = jsonOf(answer)?.[key];
  return typeof value === "string" ? value : undefined;
}

function versionOf(value: unknown): { version: string } | Record<string, never> {
  return typeof value === "string" && value !== "" ? { version: harmless(value, { oneLine: true, most: 40 }) } : {};
}
