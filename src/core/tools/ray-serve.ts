import type { Tool, ToolExamples } from "./tool.ts";

const source = "https://github.com/ray-project/ray/blob";
const command = `${source}/003ac80274ff/python/ray/serve/scripts.py`;
const constants = `${source}/0016b72beb2c8da9bbf73272374d68c00a585877/python/ray/serve/_private/constants.py`;

/** Ray Serve's HTTP proxy. `serve run` took the address itself in older versions. */
export const rayServe: Tool = {
  id: "ray-serve",
  name: "Ray Serve",
  callers: "call the applications that it serves",
  runsCode: false,
  commands: ["serve run", "serve start"],
  notLaunches: ["--help"],
  parser: "click",
  valueOptions: [
    ...["--address", "-a", "--runtime-env", "--runtime-env-json", "--working-dir", "--app-dir", "-d", "--name"],
    ...["--route-prefix", "--proxy-location", "--grpc-port", "--grpc-servicer-functions"],
  ],
  plainOptions: ["--blocking", "--non-blocking", "--reload", "-r"],
  images: [],
  settings: [
    {
      name: "host",
      options: ["--http-host", "--host"],
      keys: ["http_options.host"],
      variables: ["RAY_SERVE_DEFAULT_HTTP_HOST"],
      reference: constants,
    },
    { name: "port", options: ["--http-port", "--port", "-p"], keys: ["http_options.port"], reference: command },
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "host", format: "host" }] },
      port: { default: [8000], settings: ["port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: "https://docs.ray.io/en/latest/ray-security/index.html",
  stop: "serve shutdown",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "serve start --http-host «0.0.0.0» --http-port 8000",
      fixed: "serve start --http-port 8000",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "serve run app:app --host «0.0.0.0»",
      fixed: "serve run app:app",
      severity: "warning",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM rayproject/ray\nENV RAY_SERVE_DEFAULT_HTTP_HOST=«0.0.0.0»\nCMD ["serve", "run", "app:app"]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      text: "docker run -p «8000:8000» rayproject/ray serve start --http-host 0.0.0.0",
      fixed: "docker run -p 127.0.0.1:8000:8000 rayproject/ray serve start --http-host 0.0.0.0",
      severity: "warning",
    },
  ],
  safe: [
    "serve run app:app",
    "serve start --http-host 127.0.0.1",
    "serve status --address http://0.0.0.0:8265",
    "serve -s build",
  ],
};
