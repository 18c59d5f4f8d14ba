import type { Tool, ToolExamples } from "./tool.ts";

const manual = "https://github.com/openssh/openssh-portable/blob/0ef0f5a839831c213f24e3f2ae434765c607fb50/ssh.1";

/** Hosts that give whatever is forwarded to them an address on the internet. */
const relays = "(^|@|\\.)(localhost\\.run|serveo\\.net|pinggy\\.io)$";

/** A bind address of every interface in front of the port: `*:8888:localhost:8888`, `:8888:…`, `[::]:1080`. */
const everyInterface = "^(0\\.0\\.0\\.0|\\*|\\[::\\]|)[:/]\\d+($|[:/])";

/** Forwards of ssh. Without an address, or with `localhost`, they are for this machine: that is the way to reach a server. */
export const ssh: Tool = {
  id: "ssh",
  name: "ssh",
  callers: "connect through it",
  runsCode: false,
  commands: ["ssh", "autossh"],
  notLaunches: ["-V", "-G", "-Q"],
  parser: "getopt",
  valueOptions: [..."BEFIJOPQSWbceilmopw"].map((letter) => `-${letter}`),
  plainOptions: [..."1246ACGKMNTVXYZafknqstvxy"].map((letter) => `-${letter}`),
  images: [],
  settings: [
    { name: "local-forward", options: ["-L"], many: true, reference: manual },
    { name: "dynamic-forward", options: ["-D"], many: true, reference: manual },
    { name: "remote-forward", options: ["-R"], many: true, reference: manual },
    { name: "gateway-ports", switches: ["-g"], reference: manual },
    { name: "relay", positional: relays, reference: manual },
  ],
  endpoints: [
    {
      role: "main",
      what: "forward",
      each: "local-forward",
      bind: {
        default: "loopback",
        settings: [
          { setting: "local-forward", format: "forward" },
          { setting: "gateway-ports", format: "switch" },
        ],
      },
      port: { default: [], settings: [] },
    },
    {
      role: "main",
      what: "SOCKS proxy",
      each: "dynamic-forward",
      bind: {
        default: "loopback",
        settings: [
          { setting: "dynamic-forward", format: "forward" },
          { setting: "gateway-ports", format: "switch" },
        ],
      },
      port: { default: [], settings: [] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "public-share",
      setting: "remote-forward",
      when: "set",
      with: [{ setting: "relay", when: "set" }],
      severity: "error",
      says: "ssh hands this port to a public relay, so anyone on the internet can open it, as if they sat at this machine.",
      advice: "Forward it the other way: `ssh -N -L 8888:localhost:8888 user@host` on the machine that needs it.",
    },
    {
      rule: "public-share",
      setting: "remote-forward",
      when: { pattern: everyInterface },
      unless: [{ setting: "relay", when: "set" }],
      severity: "warning",
      says: "ssh asks the other machine to open this port to everyone who can reach it; it does so where its `GatewayPorts` allows.",
      advice: "Leave the address out, as in `-R 8888:localhost:8888`: then only the other machine itself gets in.",
    },
  ],
  reference: manual,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "ssh -N -L «0.0.0.0»:8888:localhost:8888 gpubox",
      fixed: "ssh -N -L 127.0.0.1:8888:localhost:8888 gpubox",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "ssh -NfL «*»:8888:localhost:8888 gpubox",
      fixed: "ssh -NfL 127.0.0.1:8888:localhost:8888 gpubox",
    },
    {
      rule: "public-bind",
      text: "ssh -N -L «:8888:localhost:8888» gpubox",
      fixed: "ssh -N -L 127.0.0.1:8888:localhost:8888 gpubox",
    },
    {
      rule: "public-bind",
      text: "ssh -N «-g» -L 8888:localhost:8888 gpubox",
      fixed: "ssh -N -L 8888:localhost:8888 gpubox",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "ssh «-fNgL» 8888:localhost:8888 gpubox",
      fixed: "ssh -fNL 8888:localhost:8888 gpubox",
    },
    {
      rule: "public-bind",
      text: "ssh -N -D «0.0.0.0»:1080 gpubox",
      fixed: "ssh -N -D 127.0.0.1:1080 gpubox",
      severity: "warning",
    },
    { rule: "public-share", text: "ssh -R «80:localhost:8888» nokey@localhost.run", severity: "error" },
    { rule: "public-share", text: "autossh -M 0 -N -R «80:localhost:8888» serveo.net" },
    { rule: "public-share", text: "ssh -p 443 -R«0:localhost:8888» a.pinggy.io", severity: "error" },
    { rule: "public-share", text: "ssh -N -R «0.0.0.0:8888:localhost:8888» user@gateway", severity: "warning" },
  ],
  safe: [
    "ssh -N -f -L 8888:localhost:8888 gpubox",
    "ssh -N -L 127.0.0.1:8888:0.0.0.0:8888 gpubox",
    "ssh -L /tmp/jupyter.sock:localhost:8888 gpubox",
    "ssh -N -L 8888:/run/jupyter.sock gpubox",
    "ssh -g gpubox nvidia-smi",
    "ssh -D 1080 gpubox",
    "ssh -N -R 8888:localhost:8888 gpubox",
    'ssh -N -L "$PORT:localhost:$PORT" gpubox',
    "ssh localhost.run",
  ],
};
