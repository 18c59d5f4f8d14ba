import type { Tool, ToolExamples } from "./tool.ts";
import { vllmHazards } from "./vllm-hazards.ts";
import { vllmPlainOptions, vllmSettings, vllmValueOptions } from "./vllm-settings.ts";

const source = "https://github.com/vllm-project/vllm/blob";
const advisories = "https://github.com/vllm-project/vllm/security/advisories";
const database = "https://raw.githubusercontent.com/pypa/advisory-database/main/vulns/vllm";

/** vLLM's OpenAI-compatible server. Without `--host` it listens on every interface. */
export const vllm: Tool = {
  id: "vllm",
  name: "vLLM",
  callers: "send requests to the model",
  runsCode: false,
  commands: ["vllm serve", "vllm launch", "python -m vllm.entrypoints.openai.api_server"],
  notLaunches: ["--help", "-h", "--version"],
  parser: "vllm",
  valueOptions: vllmValueOptions,
  plainOptions: vllmPlainOptions,
  images: [
    {
      // Older tags start the same server as a module.
      name: "vllm/vllm-openai*",
      entrypoint: ["vllm", "serve"],
      command: [],
      user: "root",
      reference: `${source}/0000977eaf873be6a295cf73017976d49ca2fb9d/docker/Dockerfile`,
    },
  ],
  settings: vllmSettings,
  endpoints: [
    {
      role: "main",
      bind: {
        default: "all",
        settings: [
          { setting: "uds", format: "socket" },
          { setting: "host", format: "host" },
        ],
      },
      port: { default: [8000], settings: ["port"] },
    },
    {
      role: "internal",
      what: "data-parallel coordination",
      bind: { default: "loopback", settings: [] },
      port: { default: [29500, 29550], settings: ["data-parallel-rpc-port"] },
    },
    {
      role: "internal",
      what: "multi-node coordination",
      bind: { default: "loopback", settings: [] },
      port: { default: [29501], settings: ["master-port"] },
    },
    {
      role: "internal",
      what: "transfer of cached prompts",
      bind: { default: "loopback", settings: [] },
      port: { default: [14579, 5600, 5557], settings: ["kv-port", "side-channel-port"] },
    },
  ],
  // The key guards /v1, /v2, /inference and /cohere only; an empty one is none.
  auth: {
    default: "none",
    off: [{ setting: "api-key", when: "empty" }],
    on: [{ setting: "api-key", when: "filled" }],
  },
  hazards: vllmHazards,
  reference: "https://docs.vllm.ai/en/latest/usage/security.html",
  cves: [
    {
      id: "CVE-2025-32444",
      about: "vLLM before 0.8.5 ran what reached its Mooncake transfer port.",
      url: `${advisories}/GHSA-hj4w-hm2g-p6w5`,
    },
    {
      id: "CVE-2025-47277",
      about: "The PyNccl transfer service ran what reached its port.",
      url: `${advisories}/GHSA-hjq4-87xh-g4fv`,
    },
    {
      id: "CVE-2025-29783",
      about: "The Mooncake integration ran what reached its port.",
      url: `${advisories}/GHSA-x3m8-f7g5-qhm7`,
    },
    {
      id: "CVE-2026-116176",
      about: "vLLM before 0.24.0 could be made to connect anywhere by a request's id.",
      url: "https://raw.githubusercontent.com/CVEProject/cvelistV5/main/cves/2026/116xxx/CVE-2026-116176.json",
    },
    {
      id: "CVE-2024-11041",
      about: "The message queue between workers unpickled what it received.",
      url: "https://huntr.com/bounties/00136195-11e0-4ad0-98d5-72db066e867f",
    },
    {
      id: "CVE-2026-115912",
      about: "Shared memory for media was unpickled even where insecure serialization is off.",
      url: `${advisories}/GHSA-6757-hggm-hp2w`,
    },
    {
      id: "CVE-2026-27893",
      about: "vLLM 0.10.1 to 0.17 trusted the code of two kinds of model without being told to.",
      url: `${advisories}/GHSA-7972-pg2x-xr59`,
    },
    {
      id: "CVE-2026-41523",
      about: "vLLM before 0.22.0 loses a check where Python runs optimized.",
      url: `${database}/PYSEC-2026-2300.yaml`,
    },
    {
      id: "CVE-2026-25960",
      about: "The list of media hosts could be got around.",
      url: `${advisories}/GHSA-v359-jj2v-j536`,
    },
    {
      id: "CVE-2026-34753",
      about: "The batch runner could be made to fetch any address.",
      url: `${database}/PYSEC-2026-3410.yaml`,
    },
  ],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "«vllm» serve Qwen/Qwen3-8B",
      fixed: "vllm serve Qwen/Qwen3-8B --host 127.0.0.1",
      severity: "info",
    },
    {
      rule: "public-bind",
      text: "vllm serve Qwen/Qwen3-8B --host «0.0.0.0» --port 8000",
      fixed: "vllm serve Qwen/Qwen3-8B --host 127.0.0.1 --port 8000",
      severity: "warning",
    },
    {
      rule: "public-bind",
      text: "python3 -m vllm.entrypoints.openai.api_server --model m --host=«0.0.0.0»",
      fixed: "python3 -m vllm.entrypoints.openai.api_server --model m --host=127.0.0.1",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM vllm/vllm-openai\nCMD ["--model", "m", "--host", "«0.0.0.0»"]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model m\n    ports:\n      - «"8000:8000"»\n',
      fixed:
        'services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model m\n    ports:\n      - "127.0.0.1:8000:8000"\n',
      severity: "warning",
    },
    {
      rule: "public-publish",
      text: "docker run --gpus all -p «8000:8000» vllm/vllm-openai:v0.10.0 --model m",
      fixed: "docker run --gpus all -p 127.0.0.1:8000:8000 vllm/vllm-openai:v0.10.0 --model m",
    },
    { rule: "no-auth", text: "vllm serve m «--api-key ''»", severity: "error" },
    {
      rule: "no-auth",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model m\n    environment:\n      «VLLM_API_KEY: ""»\n      TZ: UTC\n    ports: ["8000:8000"]\n',
      severity: "error",
    },
    { rule: "hardcoded-secret", text: "vllm serve m --api-key «k-c0ffee42»", severity: "error" },
    {
      rule: "hardcoded-secret",
      path: "Dockerfile",
      text: 'FROM vllm/vllm-openai\nENV «HF_TOKEN=hf_c0ffee42»\nCMD ["--model", "m"]\n',
      severity: "warning",
    },
    {
      rule: "dev-mode",
      text: "export «VLLM_SERVER_DEV_MODE=1»\nvllm serve m --host 0.0.0.0\n",
      fixed: "vllm serve m --host 0.0.0.0\n",
      severity: "error",
    },
    {
      rule: "dev-mode",
      text: "vllm serve m --host 0.0.0.0 --profiler-config.profiler «torch»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "warning",
    },
    {
      rule: "dev-mode",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model m\n    environment:\n      TZ: UTC\n      «VLLM_TORCH_PROFILER_DIR: /mnt»\n    ports: ["8000:8000"]\n',
      fixed:
        'services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model m\n    environment:\n      TZ: UTC\n    ports: ["8000:8000"]\n',
      severity: "warning",
    },
    {
      rule: "dev-mode",
      text: "«VLLM_TORCH_CUDA_PROFILE=1» vllm serve m --host 0.0.0.0",
      fixed: "vllm serve m --host 0.0.0.0",
    },
    {
      rule: "dev-mode",
      text: "vllm serve m --host 0.0.0.0 «--enable-tokenizer-info-endpoint»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "info",
    },
    {
      rule: "cross-origin",
      text: "vllm serve m --host 0.0.0.0 «--allow-credentials»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "error",
    },
    { rule: "cross-origin", text: `vllm serve m --host 0.0.0.0 --allowed-origins «'["*"]'»`, severity: "info" },
    {
      rule: "security-off",
      text: "vllm serve m --host 0.0.0.0 «--trust-request-chat-template»",
      fixed: "vllm serve m --host 0.0.0.0",
    },
    {
      rule: "security-off",
      text: "vllm serve m --host 0.0.0.0 «--enable-prompt-embeds»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "info",
    },
    {
      rule: "security-off",
      text: "«PYTHONOPTIMIZE=1» vllm serve m --host 0.0.0.0",
      fixed: "vllm serve m --host 0.0.0.0",
    },
    {
      rule: "code-exec",
      text: "vllm serve m --host 0.0.0.0 «--trust-remote-code»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "warning",
    },
    {
      rule: "code-exec",
      path: "Dockerfile",
      text: 'FROM vllm/vllm-openai\nCMD ["--model", "m", «"--trust_remote_code"»]\n',
      fixed: 'FROM vllm/vllm-openai\nCMD ["--model", "m"]\n',
    },
    {
      rule: "code-exec",
      text: "«VLLM_ALLOW_RUNTIME_LORA_UPDATING=True» vllm serve m --host 0.0.0.0 --enable-lora",
      fixed: "vllm serve m --host 0.0.0.0 --enable-lora",
      severity: "error",
    },
    {
      rule: "code-exec",
      text: '«VLLM_ALLOW_RUNTIME_LORA_UPDATING=1» vllm serve m --host 0.0.0.0 --api-key "$KEY"',
      fixed: 'vllm serve m --host 0.0.0.0 --api-key "$KEY"',
      severity: "warning",
    },
    {
      rule: "code-exec",
      text: "«VLLM_ALLOW_INSECURE_SERIALIZATION=1» vllm serve m --host 0.0.0.0",
      fixed: "vllm serve m --host 0.0.0.0",
    },
    {
      rule: "code-exec",
      text: "vllm serve m --host 0.0.0.0 --tool-server «demo»",
      fixed: "vllm serve m --host 0.0.0.0",
    },
    {
      rule: "ssrf",
      text: "vllm serve m --host 0.0.0.0 --allowed-local-media-path «/»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "error",
    },
    {
      rule: "ssrf",
      text: "vllm serve m --host 0.0.0.0 --allowed-local-media-path=«/data/media»",
      fixed: "vllm serve m --host 0.0.0.0",
      severity: "warning",
    },
    {
      rule: "ssrf",
      text: "«VLLM_MEDIA_URL_ALLOW_REDIRECTS=1» vllm serve m --host 0.0.0.0 --allowed-media-domains a.org b.org",
      fixed: "VLLM_MEDIA_URL_ALLOW_REDIRECTS=0 vllm serve m --host 0.0.0.0 --allowed-media-domains a.org b.org",
    },
    { rule: "internal-port", text: "«VLLM_HOST_IP=0.0.0.0» vllm serve m --host 0.0.0.0", severity: "info" },
    {
      rule: "internal-port",
      text: `vllm serve m --host 0.0.0.0 --kv-transfer-config «'{"kv_connector":"P2pNcclConnector","kv_ip":"0.0.0.0"}'»`,
      severity: "warning",
    },
    { rule: "internal-port", text: "vllm serve m --host 0.0.0.0 --kv-transfer-config.kv_ip «0.0.0.0»" },
    { rule: "internal-port", text: "vllm serve m --host 0.0.0.0 -dp 2 -dpa «203.0.113.7»" },
    {
      rule: "internal-port",
      path: "compose.yaml",
      text: 'services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model m\n    ports:\n      - "127.0.0.1:8000:8000"\n      - «"29500:29500"»\n',
      fixed:
        'services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model m\n    ports:\n      - "127.0.0.1:8000:8000"\n      - "127.0.0.1:29500:29500"\n',
    },
  ],
  safe: [
    "vllm serve m --host 127.0.0.1",
    "vllm serve m --uds /run/vllm.sock",
    "vllm serve m --host 127.0.0.1 --data-parallel-size 2 --data-parallel-address 10.0.0.5",
    'vllm serve m --host 127.0.0.1 --api-key "$VLLM_API_KEY"',
    "VLLM_SERVER_DEV_MODE=0 vllm serve m --host 127.0.0.1",
    "vllm chat --url http://0.0.0.0:8000/v1",
    "vllm bench serve --host 0.0.0.0 --model m",
    "vllm serve --help",
    "curl http://0.0.0.0:8000/v1/models",
    "docker run --gpus all -p 127.0.0.1:8000:8000 vllm/vllm-openai --model m",
  ],
};
