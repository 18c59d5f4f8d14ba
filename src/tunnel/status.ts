import type { Message } from "../core/message.ts";
import type { ServiceKind } from "./discovery/server.ts";
import type { TunnelErrorCode } from "./error.ts";
import type { Peer } from "./link.ts";
import type { Target } from "./target.ts";

/**
 * `up`: the service answers. `checking`: the link or the service has not answered lately, and nothing is given up yet.
 * `reconnecting`: the link is gone, the local port is kept. `failed`: only a person can go on.
 */
export type TunnelState =
  | { readonly state: "connecting" }
  | { readonly state: "up" }
  | { readonly state: "checking"; readonly because: Failure }
  | {
      readonly state: "reconnecting";
      readonly attempt: number;
      /** Milliseconds since 1970. */
      readonly nextAt: number;
      readonly because: Failure;
    }
  | { readonly state: "stopped" }
  | { readonly state: "failed"; readonly because: Failure };

/** A `TunnelError` as data. */
export type Failure = { readonly code: TunnelErrorCode; readonly said: Message; readonly advice: Message };

/** Everything a view shows of a tunnel. Holds no secret. */
export type TunnelStatus = {
  readonly id: string;
  /** The host as the user named it. */
  readonly host: string;
  readonly target: Target;
  readonly kind?: ServiceKind;
  readonly basePath: string;
  /** Always on 127.0.0.1. */
  readonly localPort: number;
  /** The port that was wished for, where another program had it. */
  readonly portWanted?: number;
  readonly state: TunnelState;
  /** Milliseconds since 1970; absent until it was up once. */
  readonly upSince?: number;
  readonly bytes: { readonly down: number; readonly up: number };
  readonly peer?: Peer;
  /** A check of Host, Origin and Sec-Fetch-Site stands before the service. */
  readonly guarded: boolean;
  /** Another process of this user holds it. */
  readonly elsewhere: boolean;
};
