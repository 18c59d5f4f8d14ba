import type { Hazard } from "./tool.ts";

/** Every interface, or an IPv4 address that is not of a private network. */
const openAddress =
  "^(\\[?::\\]?|\\*|(?!10\\.|127\\.|169\\.254\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.)\\d{1,3}(\\.\\d{1,3}){3})$";

/** vLLM reads these variables as numbers: any but 0 is on. */
const nonZero = { pattern: "^0*[1-9]\\d*$" };

const hardcodedSecret: Hazard[] = [
  {
    rule: "hardcoded-secret",
    setting: "api-key",
    when: "secret",
    severity: "error",
    says: "The key to vLLM is written here, for whoever reads the file, its history or the list of processes.",
    advice: "Leave the option out and give `VLLM_API_KEY` when it is run, from a secret store.",
  },
  {
    rule: "hardcoded-secret",
    setting: "hf-token",
    when: "secret",
    severity: "error",
    says: "The Hugging Face token that vLLM uses is written here, for whoever reads the file, its history or the image.",
    advice: "Give `HF_TOKEN` when it is run, from a secret store.",
  },
];

const devMode: Hazard[] = [
  {
    rule: "dev-mode",
    setting: "dev-mode",
    when: nonZero,
    severity: "error",
    says: "vLLM adds endpoints that no key guards, where callers can run functions in its workers, replace its weights and put it to sleep.",
    // Programs that put the server to sleep between uses need it.
    fix: "remove",
    advice: "Where `/sleep` is needed, let nothing but the program that calls it reach the server.",
  },
  {
    rule: "dev-mode",
    setting: "profiler",
    when: "filled",
    severity: "warning",
    says: "vLLM lets callers start and stop its profiler without a key, which slows it down and fills its disk.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "dev-mode",
    setting: "profiler-directory",
    when: "filled",
    severity: "warning",
    says: "vLLM before 0.16 lets callers start and stop its profiler without a key, which slows it down and fills its disk; later versions ignore this.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "dev-mode",
    setting: "cuda-profile",
    when: "true",
    severity: "warning",
    says: "vLLM before 0.16 lets callers start and stop its profiler without a key; later versions ignore this.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "dev-mode",
    setting: "enable-tokenizer-info-endpoint",
    when: "true",
    severity: "info",
    says: "vLLM shows its chat template and tokenizer settings to callers without a key.",
    fix: "remove",
    safe: true,
  },
];

const anyOrigin = { setting: "allowed-origins", when: { pattern: '"\\*"' } } as const;

const crossOrigin: Hazard[] = [
  {
    rule: "cross-origin",
    setting: "allow-credentials",
    when: "true",
    // Without the option every origin is allowed.
    unless: [{ setting: "allowed-origins", when: "set" }],
    severity: "error",
    says: "vLLM lets any web site that a user visits call it with that user's login.",
    fix: "remove",
    safe: true,
    advice: "List the sites that need it with `--allowed-origins`.",
  },
  {
    rule: "cross-origin",
    setting: "allow-credentials",
    when: "true",
    with: [anyOrigin],
    severity: "error",
    says: "vLLM lets any web site that a user visits call it with that user's login.",
    fix: "remove",
    safe: true,
    advice: "List the sites that need it with `--allowed-origins`.",
  },
  {
    rule: "cross-origin",
    ...anyOrigin,
    severity: "info",
    says: "vLLM lets any web site that a user visits call it.",
    advice: "List the sites that need it; without the option it is every site too.",
  },
];

const securityOff: Hazard[] = [
  {
    rule: "security-off",
    setting: "trust-request-chat-template",
    when: "true",
    severity: "warning",
    says: "vLLM runs chat templates that its callers send.",
    fix: "remove",
    safe: true,
  },
  {
    rule: "security-off",
    setting: "embeds",
    when: "true",
    severity: "info",
    says: "vLLM takes tensors from its callers, and malformed ones can crash it.",
    fix: "remove",
  },
  {
    rule: "security-off",
    setting: "python-optimize",
    when: nonZero,
    severity: "warning",
    says: "Python leaves out checks that vLLM before 0.22.0 relies on, so callers could run code.",
    fix: "remove",
    safe: true,
    cves: ["CVE-2026-41523"],
  },
];

const codeExec: Hazard[] = [
  {
    rule: "code-exec",
    setting: "trust-remote-code",
    when: "true",
    severity: "warning",
    says: "vLLM runs Python code that the model's repository brings along, whatever it is on the day of the download.",
    fix: "remove",
    advice: "Where the model needs it, pin what someone has read: `--revision COMMIT --code-revision COMMIT`.",
    cves: ["CVE-2026-27893"],
  },
  {
    rule: "code-exec",
    setting: "runtime-lora",
    when: "true",
    unless: [{ setting: "api-key", when: "filled" }],
    severity: "error",
    says: "vLLM loads adapters from wherever its callers say, and asks none of them for a key.",
    fix: "remove",
    advice: "Load adapters when it starts, with `--lora-modules`.",
  },
  {
    rule: "code-exec",
    setting: "runtime-lora",
    when: "true",
    severity: "warning",
    says: "vLLM loads adapters from wherever its callers say.",
    fix: "remove",
    advice: "Load adapters when it starts, with `--lora-modules`.",
  },
  {
    rule: "code-exec",
    setting: "insecure-serialization",
    when: nonZero,
    severity: "error",
    says: "vLLM unpickles the messages between its parts, so whoever reaches one of them can run code in it.",
    fix: "remove",
    cves: ["CVE-2026-115912"],
  },
  {
    rule: "code-exec",
    setting: "tool-server",
    when: { pattern: "(^|,)demo(,|$)" },
    severity: "warning",
    says: "vLLM runs Python code that the model writes, in a container that can reach the machine's network.",
    fix: "remove",
    advice: "Name the tool server that you run: `--tool-server 127.0.0.1:8888`.",
  },
];

const ssrf: Hazard[] = [
  {
    rule: "ssrf",
    setting: "allowed-local-media-path",
    when: { pattern: "^(/|~/?|/(etc|home|root)(/.*)?)$" },
    severity: "error",
    says: "vLLM lets its callers read files of the machine, keys and passwords among them.",
    fix: "remove",
    advice: "Name a directory that holds nothing but media.",
  },
  {
    rule: "ssrf",
    setting: "allowed-local-media-path",
    when: "filled",
    severity: "warning",
    says: "vLLM lets its callers read the files of this directory.",
    fix: "remove",
    advice: "Name a directory that holds nothing but media.",
  },
  {
    rule: "ssrf",
    setting: "media-redirects",
    when: nonZero,
    with: [{ setting: "allowed-media-domains", when: "set" }],
    severity: "warning",
    says: "vLLM follows redirects away from the media hosts that it is limited to, so callers can make it fetch any address.",
    fix: { replace: "0" },
    cves: ["CVE-2026-25960", "CVE-2026-34753"],
  },
];

const internalPort: Hazard[] = [
  {
    rule: "internal-port",
    setting: "host-ip",
    when: { pattern: openAddress },
    severity: "info",
    says: "vLLM's workers talk to each other on an address that other machines can reach, without a login and unencrypted.",
    advice: "Name the address of a private network.",
  },
  {
    rule: "internal-port",
    setting: "kv-transfer-config",
    when: { pattern: '"kv_ip"\\s*:\\s*"(0\\.0\\.0\\.0|::|\\*|)"' },
    severity: "warning",
    says: "vLLM takes cached prompts from whoever reaches this port; older versions ran the code that came with them.",
    advice: "Name the address of a private network in `kv_ip`.",
    cves: ["CVE-2025-32444", "CVE-2025-47277", "CVE-2025-29783", "CVE-2026-116176"],
  },
  {
    rule: "internal-port",
    setting: "kv-ip",
    when: { pattern: openAddress },
    severity: "warning",
    says: "vLLM takes cached prompts from whoever reaches this port; older versions ran the code that came with them.",
    advice: "Name the address of a private network.",
    cves: ["CVE-2025-32444", "CVE-2025-47277", "CVE-2025-29783", "CVE-2026-116176"],
  },
  ...(["data-parallel-address", "master-addr", "side-channel-host"] as const).map(
    (setting): Hazard => ({
      rule: "internal-port",
      setting,
      when: { pattern: openAddress },
      severity: "warning",
      says: "vLLM's workers meet on an address that other machines can reach, and take whatever connects for one of them.",
      advice: "Name the address of a private network, and keep the port behind a firewall.",
      cves: ["CVE-2024-11041"],
    }),
  ),
];

export const vllmHazards: Hazard[] = [
  ...hardcodedSecret,
  ...devMode,
  ...crossOrigin,
  ...securityOff,
  ...codeExec,
  ...ssrf,
  ...internalPort,
];
