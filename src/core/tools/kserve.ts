import type { ImageTable, Tool, ToolExamples } from "./tool.ts";

const source = "https://github.com/kserve/kserve/blob/aaac4e294dae2c7b1aa1886447793f3aa1c30912/python";
const modelServer = `${source}/kserve/kserve/model_server.py`;

/** The servers of KServe's runtimes: each is a module of the same name, started by an image that drops root. */
const servers = [
  { module: "huggingfaceserver", image: "huggingfaceserver*", dockerfile: "huggingface_server" },
  { module: "sklearnserver", image: "sklearnserver", dockerfile: "sklearn" },
  { module: "xgbserver", image: "xgbserver", dockerfile: "xgb" },
  { module: "lgbserver", image: "lgbserver", dockerfile: "lgb" },
  { module: "pmmlserver", image: "pmmlserver", dockerfile: "pmml" },
  { module: "paddleserver", image: "paddleserver", dockerfile: "paddle" },
  { module: "predictiveserver", image: "predictiveserver", dockerfile: "predictiveserver" },
  { module: "autogluonserver", image: "autogluonserver", dockerfile: "autogluon" },
  { module: "artserver", image: "art-explainer", dockerfile: "artexplainer" },
];

/**
 * KServe's model servers. They listen on every interface and know no login: a gateway in front of them has it.
 * Options are written with `_`; the Hugging Face server takes `-` too.
 */
export const kserve: Tool = {
  id: "kserve",
  name: "KServe",
  callers: "send requests to the model, load it and unload it",
  runsCode: false,
  commands: servers.map(({ module }) => `python -m ${module}`),
  notLaunches: ["--help", "-h"],
  parser: "vllm",
  valueOptions: [
    ...["--model-dir", "--model-id", "--model-name", "--model-revision", "--tokenizer-revision", "--max-length"],
    ...["--max-model-len", "--tensor-input-names", "--backend", "--task", "--dtype", "--max-log-len", "--framework"],
    ...["--nthread", "--workers", "--max-threads", "--max-asyncio-workers", "--enable-grpc", "--enable-docs-url"],
    ...["--enable-latency-logging", "--configure-logging", "--log-config-file", "--access-log-format", "--protocol"],
    ...["--predictor-host", "--predictor-protocol", "--predictor-use-ssl", "--predictor-request-timeout-seconds"],
    ...["--event-loop", "--timeout-keep-alive", "--grpc-max-send-message-length", "--grpc-max-receive-message-length"],
    ...["--predictor-request-retries", "--enable-predictor-health-check"],
  ],
  plainOptions: [
    ...["--disable-lower-case", "--disable-special-tokens", "--return-token-type-ids", "--return-offsets-mapping"],
    ...["--return-probabilities", "--return-raw-logits", "--disable-log-requests"],
  ],
  images: servers.map(
    ({ module, image, dockerfile }): ImageTable => ({
      name: `kserve/${image}`,
      entrypoint: ["python", "-m", module],
      command: [],
      user: "other",
      reference: `${source}/${dockerfile}.Dockerfile`,
    }),
  ),
  settings: [
    { name: "http-port", options: ["--http-port"], reference: modelServer },
    { name: "grpc-port", options: ["--grpc-port"], reference: modelServer },
    {
      name: "trust-remote-code",
      switches: ["--trust-remote-code"],
      reference: `${source}/huggingfaceserver/huggingfaceserver/__main__.py#L122`,
    },
    {
      name: "s3-verify-ssl",
      variables: ["S3_VERIFY_SSL"],
      reference: `${source}/storage/kserve_storage/kserve_storage.py#L523`,
    },
  ],
  endpoints: [
    {
      role: "main",
      bind: { default: "all", settings: [] },
      port: { default: [8080, 8081], settings: ["http-port", "grpc-port"] },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [
    {
      rule: "code-exec",
      setting: "trust-remote-code",
      when: "true",
      severity: "warning",
      says: "KServe runs Python code that the model's repository brings along, whatever it is on the day of the download.",
      fix: "remove",
      advice: "Where the model needs it, pin what someone has read: `--model_revision COMMIT`.",
    },
    {
      rule: "plaintext",
      setting: "s3-verify-ssl",
      when: { in: ["0", "false"] },
      severity: "warning",
      says: "KServe fetches the model from whoever answers, without a look at the certificate, and a model can run code.",
      fix: "remove",
      advice: "Name the certificate authority in `AWS_CA_BUNDLE`.",
    },
  ],
  reference: modelServer,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "«python» -m sklearnserver --model_dir /models --model_name iris",
      severity: "info",
    },
    {
      rule: "public-publish",
      path: "compose.yaml",
      text: 'services:\n  iris:\n    image: kserve/sklearnserver:v0.15.0\n    command: --model_dir /models --model_name iris\n    ports:\n      - «"8080:8080"»\n',
      fixed:
        'services:\n  iris:\n    image: kserve/sklearnserver:v0.15.0\n    command: --model_dir /models --model_name iris\n    ports:\n      - "127.0.0.1:8080:8080"\n',
      severity: "warning",
    },
    {
      rule: "public-publish",
      text: "docker run -p «9000:9000» kserve/huggingfaceserver:latest-gpu --model_id m --http_port 9000",
      fixed: "docker run -p 127.0.0.1:9000:9000 kserve/huggingfaceserver:latest-gpu --model_id m --http_port 9000",
    },
    {
      rule: "code-exec",
      text: "python3 -m huggingfaceserver --model_id m «--trust_remote_code»",
      fixed: "python3 -m huggingfaceserver --model_id m",
      severity: "warning",
    },
    {
      rule: "plaintext",
      path: "Dockerfile",
      text: 'FROM kserve/sklearnserver\nENV A=b «S3_VERIFY_SSL=0»\nCMD ["--model_dir", "s3://models/iris"]\n',
      fixed: 'FROM kserve/sklearnserver\nENV A=b\nCMD ["--model_dir", "s3://models/iris"]\n',
      severity: "info",
    },
  ],
  safe: [
    "docker run -p 127.0.0.1:8080:8080 kserve/sklearnserver --model_dir /models --model_name iris",
    "docker run -p 8080:8080 kserve/storage-initializer s3://models/iris /mnt/models",
    "docker run -p 8080:8080 quay.io/opendatahub/kserve-agent",
    "kubectl get inferenceservices",
  ],
};
