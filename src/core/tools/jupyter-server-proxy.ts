import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication, trait } from "./traitlets.ts";

const source =
  "https://github.com/jupyterhub/jupyter-server-proxy/blob/cf61ed14621249441ed248f470095e0bde36c95a/jupyter_server_proxy/standalone/app.py";

function application(name: string, aliases: readonly string[] = []) {
  return trait(name, ["StandaloneProxyServer"], aliases);
}

/** `jupyter standaloneproxy -- COMMAND`; the server extension of the same package has no command. */
export const jupyterServerProxy: Tool = {
  id: "jupyter-server-proxy",
  name: "jupyter-server-proxy",
  callers: "use the program behind it",
  runsCode: false,
  commands: [
    "jupyter standaloneproxy",
    "jupyter-standaloneproxy",
    "python -m jupyter standaloneproxy",
    "python -m jupyter_server_proxy.standalone",
  ],
  notLaunches: [...jupyterApplication.notLaunches],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["--base-url", "--server-port", "--activity-interval", "--websocket-max-message-size", "--environment"],
    ...["--timeout", "--unix-socket", "--mappath", "--request-headers-override"],
  ],
  plainOptions: ["--debug", "--absolute-url", "--raw-socket-proxy"],
  images: [],
  settings: [
    { name: "address", ...application("address", ["--address"]), reference: `${source}#L72` },
    { name: "port", ...application("port", ["--port"]), reference: `${source}#L88` },
    {
      name: "no-authentication",
      ...application("no_authentication"),
      switches: ["--no-authentication"],
      reference: `${source}#L61`,
    },
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "loopback", settings: [{ setting: "address", format: "host" }] },
      port: { default: [8888], settings: ["port"] },
    },
  ],
  auth: { default: "on", off: [{ setting: "no-authentication", when: "true" }], on: [] },
  hazards: [],
  reference: "https://jupyter-server-proxy.readthedocs.io/en/latest/standalone.html",
  cves: [
    {
      id: "CVE-2024-28179",
      about: "jupyter-server-proxy before 3.2.3 and 4.1.1 passed websockets on without a login.",
      url: "https://github.com/jupyterhub/jupyter-server-proxy/security/advisories/GHSA-w3vc-fx9p-wp4v",
    },
    {
      id: "CVE-2022-21697",
      about: "jupyter-server-proxy before 3.2.1 did not check the hosts that it passes requests on to.",
      url: "https://github.com/jupyterhub/jupyter-server-proxy/security/advisories/GHSA-gcv9-6737-pjqw",
    },
    {
      id: "CVE-2024-35225",
      about: "A prepared link ran scripts in the browser of whoever opened it.",
      url: "https://github.com/jupyterhub/jupyter-server-proxy/security/advisories/GHSA-fvcq-4x64-hqxr",
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "jupyter standaloneproxy --address=«0.0.0.0» -- voila --port={port}",
      fixed: "jupyter standaloneproxy -- voila --port={port}",
      severity: "warning",
    },
    {
      rule: "no-auth",
      text: "jupyter standaloneproxy --address=0.0.0.0 «--no-authentication» -- voila --port={port}",
      fixed: "jupyter standaloneproxy --address=0.0.0.0 -- voila --port={port}",
      severity: "error",
    },
    {
      rule: "no-auth",
      text: "jupyter standaloneproxy --StandaloneProxyServer.no_authentication=«True» -- voila",
      fixed: "jupyter standaloneproxy -- voila",
      severity: "info",
    },
  ],
  safe: [
    "jupyter standaloneproxy -- voila --port={port} --no-browser app.ipynb",
    "jupyter standaloneproxy -- code-server --auth=none --address=0.0.0.0",
  ],
};
