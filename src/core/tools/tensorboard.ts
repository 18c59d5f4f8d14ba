import type { Tool, ToolExamples } from "./tool.ts";

const source =
  "https://github.com/tensorflow/tensorboard/blob/70b76c922822dcccc3e8d7e5dd89860948690357/tensorboard/plugins/core/core_plugin.py";

/** TensorBoard. Any beginning of an option will do (`--bind`), but `--bind-all` with a hyphen is none. */
export const tensorboard: Tool = {
  id: "tensorboard",
  name: "TensorBoard",
  callers: "read every run, metric, image and file in its log directory",
  runsCode: false,
  commands: ["tensorboard", "python -m tensorboard.main"],
  notLaunches: ["--help", "-h", "--helpfull", "--version", "--version_tb", "--inspect"],
  parser: "argparse",
  valueOptions: [
    ...["--logdir", "--logdir_spec", "--reuse_port", "--load_fast", "--extra_data_server_flags", "--grpc_creds_type"],
    ...["--grpc_data_provider", "--purge_orphaned_data", "--db", "--tag", "--event_file", "--path_prefix"],
    ...["--window_title", "--max_reload_threads", "--reload_interval", "--reload_task", "--reload_multifile"],
    ...["--reload_multifile_inactive_secs", "--generic_data", "--samples_per_plugin", "--detect_file_replacement"],
  ],
  plainOptions: ["--db_import", "--inspect", "--version_tb"],
  images: [],
  settings: [
    { name: "host", options: ["--host"], reference: `${source}#L347` },
    { name: "bind-all", switches: ["--bind_all"], reference: `${source}#L359` },
    { name: "port", options: ["--port"], reference: `${source}#L369` },
  ],
  endpoints: [
    {
      role: "main",
      bind: {
        default: "loopback",
        settings: [
          { setting: "bind-all", format: "switch" },
          { setting: "host", format: "host" },
        ],
      },
      port: { default: [6006], settings: ["port"], tells: "alone" },
    },
  ],
  auth: { default: "none", off: [], on: [] },
  hazards: [],
  reference: source,
  cves: [],
};

/** What the table is proved by. */
export const examples: ToolExamples = {
  unsafe: [
    {
      rule: "public-bind",
      text: "tensorboard --logdir runs «--bind_all»",
      fixed: "tensorboard --logdir runs",
      severity: "warning",
    },
    { rule: "public-bind", text: "tensorboard «--bind» --logdir=runs", fixed: "tensorboard --logdir=runs" },
    {
      rule: "public-bind",
      text: "tensorboard serve --logdir dev --host «0.0.0.0» --port 6007",
      fixed: "tensorboard serve --logdir dev --port 6007",
    },
    {
      rule: "public-bind",
      text: "python3 -m tensorboard.main --logdir runs --host=«::»",
      fixed: "python3 -m tensorboard.main --logdir runs",
    },
    {
      rule: "public-bind",
      path: "Dockerfile",
      text: 'FROM tensorflow/tensorflow\nCMD ["tensorboard", "--logdir", "/logs", «"--bind_all"»]\n',
      severity: "info",
    },
    {
      rule: "public-publish",
      text: "docker run -p «6006:6006» tensorflow/tensorflow tensorboard --logdir /logs --bind_all",
      fixed: "docker run -p 127.0.0.1:6006:6006 tensorflow/tensorflow tensorboard --logdir /logs --bind_all",
      severity: "warning",
    },
  ],
  safe: [
    "tensorboard --logdir runs",
    "tensorboard --logdir runs --host localhost",
    "tensorboard --logdir runs --bind-all",
    "tensorboard --logdir 0.0.0.0 --path_prefix /--bind_all",
    "tensorboard --inspect --logdir runs --bind_all",
    "docker run -p 127.0.0.1:6006:6006 tensorflow/tensorflow tensorboard --logdir /logs --bind_all",
  ],
};
