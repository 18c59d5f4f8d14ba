import type { Message } from "../../core/message.ts";
import type { Target } from "../target.ts";

/** What can be started on a host. */
export const startable = ["jupyter", "mlflow", "tensorboard"] as const;
export type Startable = (typeof startable)[number];

export type StartRequest = {
  readonly kind: Startable;
  /** The working folder there (`~` is the home); the home where absent. For TensorBoard it is the log folder. */
  readonly folder?: string;
  /** Listen on a unix socket in a 0700 folder instead of a loopback port; Jupyter only. */
  readonly socket: boolean;
  /** How its program is called there, where that is not its own name: `/opt/venv/bin/jupyter`. */
  readonly program?: string;
};

/** A server that we started on a host and that may outlive us. Holds no secret. */
export type StartedServer = {
  readonly name: string;
  readonly kind: Startable;
  readonly target: Target;
  readonly basePath: string;
  readonly pid: number;
  /** Seconds since 1970, by the host's clock. */
  readonly startedAt: number;
  readonly folder: string;
  readonly logFile: string;
  readonly running: boolean;
  /** The machine it was started on, where that is not the one we are on; whether it runs cannot be seen then. */
  readonly node?: string;
  /** What the user should know: that this machine ends user processes at logout. */
  readonly notes: readonly Message[];
};
