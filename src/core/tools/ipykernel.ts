import type { Tool, ToolExamples } from "./tool.ts";
import { jupyterApplication, trait } from "./traitlets.ts";

const kernel = "https://ipykernel.readthedocs.io/en/stable";

/** A kernel by itself, with no server before it. */
export const ipykernel: Tool = {
  id: "ipykernel",
  name: "A Jupyter kernel",
  callers: "run any code as you",
  runsCode: true,
  commands: [
    "jupyter kernel",
    "jupyter-kernel",
    "ipython kernel",
    "python -m ipykernel",
    "python -m ipykernel_launcher",
    "python -m IPython kernel",
  ],
  notLaunches: [...jupyterApplication.notLaunches, "install"],
  parser: "traitlets",
  valueOptions: [
    ...jupyterApplication.valueOptions,
    ...["--kernel", "-f", "--transport", "--ident", "--user", "--keyfile"],
    ...["--profile", "--profile-dir", "--ipython-dir", "--autocall", "--colors", "--theme", "--logfile", "--logappend"],
    ...["-c", "-m", "--ext", "--gui", "--cache-size"],
  ],
  plainOptions: [
    ...jupyterApplication.plainOptions,
    ...["--no-stdout", "--no-stderr", "--trio-loop", "--secure", "--pylab", "--matplotlib"],
  ],
  images: [],
  settings: [
    {
      name: "ip",
      ...trait("ip", ["KernelManager", "IPKernelApp", "ConnectionFileMixin"], ["--ip"]),
      reference: `${kernel}/api/ipykernel.html`,
    },
    {
      name: "ports",
      options: ["--shell", "--iopub", "--stdin", "--hb", "--control"],
      many: true,
      reference: `${kernel}/api/ipykernel.html`,
    },
    {
      name: "session-key",
      ...trait("key", ["Session"]),
      reference: "https://jupyter-client.readthedocs.io/en/stable/messaging.html",
    },
    {
      name: "no-secure",
      switches: ["--no-secure"],
      reference: "https://jupyter-client.readthedocs.io/en/stable/messaging.html",
    },
  ],
  endpoints: [
    {
      role: "internal",
      bind: { default: "loopback", settings: [{ setting: "ip", format: "host" }] },
      port: { default: [], settings: ["ports"] },
    },
  ],
  auth: {
    // Messages are signed with the key of the connection file.
    default: "on",
    off: [
      { setting: "session-key", when: "empty" },
      { setting: "no-secure", when: "true" },
    ],
    on: [],
  },
  hazards: [],
  reference: "https://jupyter-client.readthedocs.io/en/stable/kernels.html",
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    { rule: "internal-port", text: "jupyter kernel --ip=«0.0.0.0»", fixed: "jupyter kernel", severity: "error" },
    {
      rule: "internal-port",
      text: "python -m ipykernel_launcher -f /tmp/kernel.json --ip=«0.0.0.0»",
      fixed: "python -m ipykernel_launcher -f /tmp/kernel.json",
    },
    { rule: "internal-port", text: "ipython kernel --IPKernelApp.ip='«*»'", fixed: "ipython kernel" },
    {
      rule: "no-auth",
      text: "jupyter kernel --ip=0.0.0.0 «--Session.key=''»",
      fixed: "jupyter kernel --ip=0.0.0.0",
      severity: "error",
    },
    {
      rule: "no-auth",
      text: "ipython kernel --ip=0.0.0.0 «--no-secure»",
      fixed: "ipython kernel --ip=0.0.0.0",
      severity: "error",
    },
  ],
  safe: [
    "jupyter kernel --kernel=python3",
    "python -m ipykernel_launcher -f /tmp/kernel.json",
    "python -m ipykernel install --user",
  ],
};
