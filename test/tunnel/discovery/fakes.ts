import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, ListenOptions } from "node:net";
import type { RemoteServer, ServiceKind } from "../../../src/tunnel/discovery/server.ts";

/** What a fake service answers, by path. */
export type Fake = Readonly<Record<string, FakeAnswer>>;
export type FakeAnswer = {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Served = {
  readonly port: number;
  /** Every question it got. */
  readonly asked: readonly IncomingMessage[];
  close(): Promise<void>;
};

/** Serves a fake; what it does not know is not found. Only such doubles listen beyond loopback. */
export async function serve(fake: Fake, where: ListenOptions = { host: "127.0.0.1", port: 0 }): Promise<Served> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const { status = 200, body = "", headers = {} } = fake[(request.url ?? "").split("?")[0] ?? ""] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  server.listen(where);
  await once(server, "listening");
  return { port: portOf(server), asked, close: () => closed(server) };
}

export function portOf(server: Pick<Server, "address">): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

const json = (body: unknown, headers = {}): FakeAnswer => ({
  body: JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});
const text = (body: string): FakeAnswer => ({ body, headers: { "content-type": "text/html; charset=utf-8" } });
const refused: FakeAnswer = { status: 401, body: "{}" };

/** jupyter_server 2: `/api` is for everyone, `/api/status` for whoever is logged in. */
export function jupyter({ base = "/", login = true, version = "2.14.0" } = {}): Fake {
  return {
    [base]: { status: 302, headers: { location: `${base}lab?` } },
    [`${base}api`]: json({ version }, { server: "TornadoServer/6.4" }),
    [`${base}api/status`]: login ? { status: 403, body: '{"message":"Forbidden"}' } : json({ connections: 0 }),
  };
}

const mlflowVersion = { "/version": text("3.4.0"), "/health": text("OK") };

/** One for each way in which a service shows itself. */
export const fakes: readonly {
  readonly what: string;
  readonly kind: ServiceKind;
  readonly auth: RemoteServer["auth"];
  readonly version?: string;
  readonly fake: Fake;
}[] = [
  { what: "Jupyter", kind: "jupyter", auth: "on", version: "2.14.0", fake: jupyter() },
  { what: "Jupyter without login", kind: "jupyter", auth: "off", version: "2.14.0", fake: jupyter({ login: false }) },
  {
    what: "MLflow",
    kind: "mlflow",
    auth: "none",
    version: "3.4.0",
    fake: { ...mlflowVersion, "/ajax-api/2.0/mlflow/experiments/search": json({ experiments: [] }) },
  },
  {
    what: "MLflow that refuses our Host",
    kind: "mlflow",
    auth: "unknown",
    version: "3.4.0",
    fake: { ...mlflowVersion, "/ajax-api/2.0/mlflow/experiments/search": { status: 403, body: "Invalid Host header" } },
  },
  {
    what: "MLflow with basic-auth",
    kind: "mlflow",
    auth: "on",
    fake: {
      "/version": { ...refused, headers: { "www-authenticate": 'Basic realm="mlflow"' } },
      "/health": text("OK"),
    },
  },
  {
    what: "TensorBoard",
    kind: "tensorboard",
    auth: "none",
    version: "2.17.0",
    fake: { "/data/environment": json({ version: "2.17.0", data_location: "runs", window_title: "" }) },
  },
  {
    what: "Ray",
    kind: "ray",
    auth: "none",
    version: "2.40.0",
    fake: {
      "/api/authentication_mode": json({ authentication_mode: "disabled" }),
      "/api/version": json({ version: "4", ray_version: "2.40.0", ray_commit: "abc" }),
    },
  },
  {
    what: "Ray with tokens",
    kind: "ray",
    auth: "on",
    fake: { "/api/authentication_mode": json({ authentication_mode: "token" }), "/api/version": refused },
  },
  {
    what: "vLLM",
    kind: "vllm",
    auth: "none",
    version: "0.8.0",
    fake: { "/version": json({ version: "0.8.0" }), "/v1/models": json({ data: [{ id: "m", owned_by: "vllm" }] }) },
  },
  {
    what: "vLLM with a key",
    kind: "vllm",
    auth: "on",
    version: "0.8.0",
    fake: { "/version": json({ version: "0.8.0" }), "/v1/models": refused },
  },
  {
    what: "Ollama",
    kind: "ollama",
    auth: "none",
    version: "0.5.1",
    fake: { "/": text("Ollama is running"), "/api/version": json({ version: "0.5.1" }) },
  },
  { what: "Streamlit", kind: "streamlit", auth: "unknown", fake: { "/_stcore/health": text("ok") } },
  {
    what: "Gradio",
    kind: "gradio",
    auth: "none",
    version: "5.9.0",
    fake: { "/": text("<script>window.gradio_config = {}</script>"), "/config": json({ version: "5.9.0" }) },
  },
  {
    what: "Gradio with a login",
    kind: "gradio",
    auth: "on",
    fake: { "/": text("<script>window.gradio_config = {}</script>"), "/config": refused },
  },
  {
    what: "marimo",
    kind: "marimo",
    auth: "on",
    version: "0.10.2",
    fake: {
      "/": { status: 303, headers: { location: "/auth/login?next=/" } },
      "/health": json({ status: "healthy" }),
      "/api/version": text("0.10.2"),
      "/api/status": { status: 403 },
    },
  },
  {
    what: "marimo that keeps its version to itself",
    kind: "marimo",
    auth: "on",
    fake: {
      "/": { status: 303, headers: { location: "/auth/login?next=/" } },
      "/health": json({ status: "healthy" }),
      "/api/version": refused,
      "/api/status": refused,
      "/auth/login": text("<title>marimo</title>"),
    },
  },
  {
    what: "marimo without a token",
    kind: "marimo",
    auth: "off",
    version: "0.10.2",
    fake: { "/health": json({ status: "healthy" }), "/api/version": text("0.10.2"), "/api/status": json({}) },
  },
  {
    what: "marimo that only publishes an app",
    kind: "marimo",
    auth: "none",
    version: "0.25.2",
    fake: {
      "/": text("<title>marimo</title>"),
      "/health": json({ status: "healthy" }),
      "/api/version": text("0.25.2"),
      "/api/status": refused,
    },
  },
  { what: "Dask", kind: "dask", auth: "none", fake: { "/json/identity.json": json({ type: "Scheduler" }) } },
  {
    what: "Triton",
    kind: "triton",
    auth: "none",
    version: "2.50.0",
    fake: { "/v2": json({ name: "triton", version: "2.50.0", extensions: [] }) },
  },
];
