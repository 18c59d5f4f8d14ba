import type { Log } from "../log.ts";
import type { Attention } from "./attention.ts";
import type { ShownTunnel, Tunnels } from "./tunnels.ts";

/** What every way through the dialogs needs. */
export type Desk = {
  readonly tunnels: Tunnels;
  readonly attention: Attention;
  readonly log: Log;
  /** What follows once a tunnel is up that somebody has asked for. */
  opened(tunnel: ShownTunnel): Promise<void>;
};
