import type { Environment } from "../../tunnel/environment.ts";
import type { Log } from "../../tunnel/log.ts";
import type { Prompts } from "../../tunnel/prompts.ts";
import type { ServiceOptions, TunnelService } from "../../tunnel/service.ts";
import type { TunnelStatus } from "../../tunnel/status.ts";
import type { World } from "../world.ts";
import type { Interruption } from "./interruption.ts";
import type { Terminal } from "./terminal.ts";

/** All that the tunnel commands touch outside themselves. */
export type TunnelWorld = Pick<World, "cwd" | "env" | "stdout" | "stderr"> & {
  /** Where a person can be asked; absent in scripts. */
  readonly terminal?: Terminal;
  readonly interruption: Interruption;
  environment(configFile: string | undefined): Environment;
  startService(
    environment: Environment,
    prompts: Prompts,
    log: Log,
    onTunnel: (status: TunnelStatus) => void,
    options: ServiceOptions,
  ): TunnelService;
};
