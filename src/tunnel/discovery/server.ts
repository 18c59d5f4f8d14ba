import type { Message } from "../../core/message.ts";
import type { Target } from "../target.ts";

/** What we know how to recognise; also what `--to` and the editor call them. */
export const serviceKinds = [
  "jupyter",
  "mlflow",
  "tensorboard",
  "ray",
  "vllm",
  "ollama",
  "streamlit",
  "gradio",
  "marimo",
  "dask",
  "triton",
] as const;

export type ServiceKind = (typeof serviceKinds)[number];

/** Who can open it: only that machine's users, the network, or who may open the socket's file. */
export type ServerReach = "loopback" | "network" | "socket";

/** A server that was found on a host. Holds no secret, so it may be printed and sent. */
export type RemoteServer = {
  readonly kind: ServiceKind;
  /** Unique on its host and stable while it runs: `jupyter-8888`, `jupyter-lab.sock`. */
  readonly name: string;
  readonly target: Target;
  /** Begins and ends with `/`. */
  readonly basePath: string;
  readonly version?: string;
  /** The account it runs under; absent where the host does not tell. */
  readonly owner?: string;
  /** It runs under the account we log in with. */
  readonly own: boolean;
  readonly pid?: number;
  readonly folder?: string;
  readonly reach: ServerReach;
  /** `off`: it would ask for a login and was told not to; `none`: it has no login to ask for; `unknown`: it did not say. */
  readonly auth: "on" | "off" | "none" | "unknown";
  /** The node it runs on, where that is not the one we are on. Its address counts there. */
  readonly node?: string;
  /** A token for it can be read on the host. */
  readonly hasToken: boolean;
};

/** Something that listens and is none of the above, or did not answer. */
export type OtherListener = {
  readonly target: Target;
  readonly reach: ServerReach;
  readonly owner?: string;
  readonly process?: string;
};

/** The machine a login ended on: round-robin names lead to different ones. */
export type Machine = { readonly hostname: string; readonly id: string };

export type Discovery = {
  readonly machine: Machine;
  readonly servers: readonly RemoteServer[];
  readonly others: readonly OtherListener[];
  /** What could not be looked at, and why. */
  readonly limits: readonly Message[];
};
