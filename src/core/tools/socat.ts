import type { Tool, ToolExamples } from "./tool.ts";

const manual = "https://github.com/GerHobbelt/socat/blob/2dc28653940a68e7109147128795311125452f2f/doc/socat.yo";
const binding = "https://github.com/GerHobbelt/socat/blob/2dc28653940a68e7109147128795311125452f2f/xio-ip.c#L208";

/** An address that listens, unless it answers this machine only. */
const listener = "^(?!.*,range=(127\\.|localhost))(tcp[46]?|udp[46]?|openssl|ssl)-l(isten)?:";

/** socat as a relay. An address that listens does so on every interface unless it says `bind=`. */
export const socat: Tool = {
  id: "socat",
  name: "socat",
  callers: "reach what is behind it",
  runsCode: false,
  commands: ["socat"],
  notLaunches: ["-V", "-h", "-hh", "-hhh", "-?", "-??", "-???"],
  parser: "getopt",
  valueOptions: ["-b", "-t", "-T", "-L", "-W", "-r", "-R", "-lf", "-lp", "-lm"],
  plainOptions: ["-d", "-D", "-v", "-x", "-s", "-u", "-U", "-g", "-4", "-6", "-ly", "-ls", "-lu", "-lh"],
  images: [],
  settings: [
    { name: "listen", positional: listener, many: true, reference: binding },
    { name: "program", positional: "^(exec|system):", reference: manual },
  ],
  endpoints: [
    {
      role: "main",
      each: "listen",
      bind: { default: "all", settings: [{ setting: "listen", format: "socat" }] },
      port: { default: [], settings: ["listen"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "code-exec",
      setting: "program",
      when: "set",
      with: [{ setting: "listen", when: "set" }],
      severity: "error",
      says: "socat starts this program for whoever connects, and hands it what they send.",
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
      text: "socat «TCP-LISTEN:8888,fork» TCP:127.0.0.1:9999",
      fixed: "socat TCP-LISTEN:8888,fork,bind=127.0.0.1 TCP:127.0.0.1:9999",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: 'socat "«TCP-LISTEN:$PORT»" TCP:127.0.0.1:9999',
      fixed: 'socat "TCP-LISTEN:$PORT,bind=127.0.0.1" TCP:127.0.0.1:9999',
    },
    {
      rule: "public-bind",
      text: "socat -d -d tcp4-l:8888,reuseaddr,fork,bind=«0.0.0.0» unix-connect:/run/jupyter.sock",
      fixed: "socat -d -d tcp4-l:8888,reuseaddr,fork,bind=127.0.0.1 unix-connect:/run/jupyter.sock",
    },
    { rule: "code-exec", text: "socat TCP-LISTEN:4444,fork «EXEC:/bin/bash»", severity: "error" },
  ],
  safe: [
    "socat TCP-LISTEN:8888,fork,bind=127.0.0.1 TCP:10.0.0.5:8888",
    "socat TCP-LISTEN:8888,fork,bind=localhost TCP:10.0.0.5:8888",
    "socat TCP-LISTEN:8888,fork,range=127.0.0.1/8 TCP:10.0.0.5:8888",
    "socat UNIX-LISTEN:/tmp/s,fork TCP:10.0.0.5:8888",
    "socat - TCP:10.0.0.5:8888",
  ],
};
