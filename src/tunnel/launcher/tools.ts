import type { Startable, StartRequest } from "./started.ts";

/** How one tool is started so that only its own machine, or only its own user, can reach it. */
export type Tool = {
  readonly program: string;
  /** Its own default, which is tried first. */
  readonly port: number;
  /** A path that answers 200 to anyone once the server works; it holds no data. */
  readonly answers: string;
  /** A path that answers 200 only after a login; absent for tools that have none unless they are told to. */
  readonly asksLoginAt?: string;
  /**
   * Its arguments, as words for `sh` that may use `$port`, `$socket`, `$folder` and `$as_root` (Jupyter's consent
   * to run as root, where the login is root's). What decides who can reach it is always said, because a config file of the user may say otherwise.
   */
  arguments(request: StartRequest): string;
};

export const tools: Record<Startable, Tool> = {
  jupyter: {
    program: "jupyter",
    port: 8888,
    // jupyter_server/services/api/handlers.py, APIVersionHandler: no login is asked for.
    answers: "/api",
    asksLoginAt: "/api/status",
    // The aliases of jupyter_server/serverapp.py, which the classic notebook 6 has too. `--port` and `--sock` exclude
    // each other. No token is given: Jupyter makes one and keeps it in its runtime file.
    arguments: ({ socket }) =>
      [
        "--no-browser",
        ...(socket
          ? ['--sock="$socket"', "--sock-mode=0600"]
          : ["--ip=127.0.0.1", '--port="$port"', "--port-retries=0"]),
        '--notebook-dir="$folder"',
        "--ServerApp.base_url=/",
        "$as_root",
      ].join(" "),
  },
  mlflow: {
    program: "mlflow",
    port: 5000,
    answers: "/health",
    // Where the runs are kept is left to MLflow: the folder it runs in, as if it were started there by hand
    // (`mlflow.db` and `mlartifacts`, or a `mlruns` that has runs already; mlflow/tracking/_tracking_service/utils.py).
    arguments: () => 'server --host 127.0.0.1 --port "$port"',
  },
  tensorboard: {
    program: "tensorboard",
    port: 6006,
    // tensorboard/plugins/core/core_plugin.py.
    answers: "/data/environment",
    arguments: () => '--logdir "$folder" --host 127.0.0.1 --port "$port"',
  },
};
