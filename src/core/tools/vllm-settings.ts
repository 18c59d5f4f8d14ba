import type { Setting } from "./tool.ts";

/*
 * What vLLM's server reads. Its parser takes `_` for `-`; the keys of a file that `--config` names are the long options.
 */

const source = "https://github.com/vllm-project/vllm/blob";
const frontend = `${source}/005223338608bc94fd165a4f976c102a57bd1fc4/vllm/entrypoints/openai/cli_args.py`;
const model = `${source}/0052a5b818980ce8a0477706aaf9f75bd5af72cd/vllm/config/model.py`;
const parallel = `${source}/00193b82b0e2d4faea5d3b4ea4f6c4c2bd9d057a/vllm/config/parallel.py`;
const transfer = `${source}/007c643b4abb7a79e69ef2b343b3dc80eb643c0d/vllm/config/kv_transfer.py`;
const profiler = `${source}/04b022935cd5ce0373e624e317c84f18a45a52b0/vllm/config/profiler.py`;
const security = "https://docs.vllm.ai/en/latest/usage/security.html";

/** An option with a value, and the key of the same name. */
function option(name: string, reference: string): Setting {
  return { name, options: [`--${name}`], keys: [name], reference };
}

/** An option without one. */
function flag(name: string, reference: string): Setting {
  return { name, switches: [`--${name}`], keys: [name], reference };
}

const address: Setting[] = [option("host", frontend), option("port", frontend), option("uds", frontend)];

const access: Setting[] = [
  { ...option("api-key", frontend), variables: ["VLLM_API_KEY"], several: true },
  { ...option("hf-token", model), variables: ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] },
  option("allowed-origins", frontend),
  flag("allow-credentials", frontend),
  flag("trust-request-chat-template", frontend),
];

const development: Setting[] = [
  { name: "dev-mode", variables: ["VLLM_SERVER_DEV_MODE"], reference: security },
  {
    name: "profiler",
    options: ["--profiler-config", "--profiler-config.profiler", "--profiler-config.torch_profiler_dir"],
    keys: ["profiler-config"],
    many: true,
    reference: profiler,
  },
  {
    name: "profiler-directory",
    variables: ["VLLM_TORCH_PROFILER_DIR"],
    reference: "https://github.com/vllm-project/vllm/pull/33536",
  },
  {
    name: "cuda-profile",
    variables: ["VLLM_TORCH_CUDA_PROFILE"],
    reference: "https://github.com/vllm-project/vllm/pull/33536",
  },
  flag("enable-tokenizer-info-endpoint", frontend),
  {
    name: "python-optimize",
    variables: ["PYTHONOPTIMIZE"],
    reference: "https://raw.githubusercontent.com/pypa/advisory-database/main/vulns/vllm/PYSEC-2026-2300.yaml",
  },
];

const code: Setting[] = [
  flag("trust-remote-code", model),
  {
    name: "runtime-lora",
    variables: ["VLLM_ALLOW_RUNTIME_LORA_UPDATING"],
    reference: `${security}#dynamic-lora-loading`,
  },
  { name: "insecure-serialization", variables: ["VLLM_ALLOW_INSECURE_SERIALIZATION"], reference: security },
  option("tool-server", frontend),
  {
    name: "embeds",
    switches: ["--enable-prompt-embeds", "--enable-mm-embeds"],
    keys: ["enable-prompt-embeds", "enable-mm-embeds"],
    many: true,
    reference: model,
  },
];

const media: Setting[] = [
  option("allowed-local-media-path", model),
  { ...option("allowed-media-domains", model), several: true },
  { name: "media-redirects", variables: ["VLLM_MEDIA_URL_ALLOW_REDIRECTS"], reference: security },
];

/** What the workers of one model use among themselves: no login, no encryption. */
const internal: Setting[] = [
  { name: "host-ip", variables: ["VLLM_HOST_IP"], reference: security },
  option("kv-transfer-config", transfer),
  { name: "kv-ip", options: ["--kv-transfer-config.kv_ip"], reference: transfer },
  { name: "kv-port", options: ["--kv-transfer-config.kv_port"], reference: transfer },
  {
    name: "data-parallel-address",
    options: ["--data-parallel-address", "-dpa"],
    keys: ["data-parallel-address"],
    variables: ["VLLM_DP_MASTER_IP"],
    reference: parallel,
  },
  {
    name: "data-parallel-rpc-port",
    options: ["--data-parallel-rpc-port", "-dpp"],
    keys: ["data-parallel-rpc-port"],
    variables: ["VLLM_DP_MASTER_PORT"],
    reference: parallel,
  },
  option("master-addr", parallel),
  option("master-port", parallel),
  { name: "side-channel-host", variables: ["VLLM_NIXL_SIDE_CHANNEL_HOST"], reference: security },
  { name: "side-channel-port", variables: ["VLLM_NIXL_SIDE_CHANNEL_PORT"], reference: security },
];

export const vllmSettings: Setting[] = [...address, ...access, ...development, ...code, ...media, ...internal];

/** The rest of what takes a value; long ones are here so that no beginning of theirs is mistaken for another option. */
export const vllmValueOptions = [
  ...["--config", "--model", "--model-tag", "--model-impl", "--served-model-name", "--tokenizer", "--tokenizer-mode"],
  ...["--revision", "--code-revision", "--tokenizer-revision", "--hf-config-path", "--hf-overrides", "--task"],
  ...["--runner", "--convert", "--dtype", "--seed", "--quantization", "-q", "--max-model-len", "--max-logprobs"],
  ...["--generation-config", "--override-generation-config", "--chat-template", "--chat-template-content-format"],
  ...["--default-chat-template-kwargs", "--response-role", "--tool-call-parser", "--tool-parser-plugin"],
  ...[
    "--reasoning-parser",
    "--reasoning-parser-plugin",
    "--load-format",
    "--download-dir",
    "--model-loader-extra-config",
  ],
  ...["--gpu-memory-utilization", "--swap-space", "--cpu-offload-gb", "--block-size", "--kv-cache-dtype"],
  ...["--kv-cache-memory-bytes", "--tensor-parallel-size", "-tp", "--pipeline-parallel-size", "-pp"],
  ...["--data-parallel-size", "-dp", "--data-parallel-size-local", "-dpl", "--data-parallel-start-rank", "-dpr"],
  ...["--data-parallel-rank", "-dpn", "--data-parallel-backend", "-dpb", "--data-parallel-supervisor-port"],
  ...["--nnodes", "-n", "--node-rank", "-r", "--distributed-executor-backend", "--worker-cls"],
  ...["--worker-extension-cls", "--max-num-seqs", "--max-num-batched-tokens", "--scheduling-policy"],
  ...["--limit-mm-per-prompt", "--mm-processor-kwargs", "--speculative-config", "--compilation-config", "-O", "-cc"],
  ...["--lora-modules", "--max-loras", "--max-lora-rank", "--max-cpu-loras", "--logits-processors"],
  ...["--allowed-methods", "--allowed-headers", "--ssl-keyfile", "--ssl-certfile", "--ssl-ca-certs"],
  ...["--ssl-cert-reqs", "--ssl-ciphers", "--root-path", "--middleware", "--uvicorn-log-level", "--log-config-file"],
  ...["--max-log-len", "--disable-access-log-for-endpoints", "--api-server-count", "-asc", "--otlp-traces-endpoint"],
  ...["--kv-events-config", "--ec-transfer-config", "--h11-max-header-count", "--h11-max-incomplete-event-size"],
  ...["--fingerprint-mode", "--fingerprint-value"],
];

export const vllmPlainOptions = [
  ...["--enable-lora", "--enable-prefix-caching", "--no-enable-prefix-caching", "--enable-chunked-prefill"],
  ...["--no-enable-chunked-prefill", "--enable-auto-tool-choice", "--enable-expert-parallel", "--enforce-eager"],
  ...["--enable-log-requests", "--disable-log-requests", "--disable-log-stats", "--enable-log-outputs"],
  ...["--log-error-stack", "--enable-ssl-refresh", "--enable-request-id-headers", "--enable-server-load-tracking"],
  ...["--enable-prompt-tokens-details", "--enable-force-include-usage", "--enable-sleep-mode"],
  ...["--disable-uvicorn-access-log", "--disable-fastapi-docs", "--headless", "--tokens-only"],
  ...["--disable-custom-all-reduce", "--skip-tokenizer-init", "--return-tokens-as-token-ids"],
];
