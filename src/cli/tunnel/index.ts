import process from "node:process";
import { environmentOf } from "../../tunnel/environment.ts";
import { startService } from "../../tunnel/worker/client.ts";
import type { World } from "../world.ts";
import { interruptionOf } from "./interruption.ts";
import type { CommandName } from "./options.ts";
import { runTunnelCommand } from "./run.ts";
import { terminalOn } from "./terminal.ts";

/** A command that speaks to hosts, with this process's signals and terminal. */
export async function tunnelCommand(name: CommandName, argv: readonly string[], world: World): Promise<number> {
  const interruption = interruptionOf(process);
  const { stdin, stderr } = process;
  // The result may go to a pipe while a person answers: questions are written to standard error, as ssh does.
  const canAsk = stdin.isTTY && stderr.isTTY;
  try {
    return await runTunnelCommand(name, argv, {
      ...world,
      interruption,
      environment: (configFile) => environmentOf(process, __dirname, configFile),
      startService,
      ...(canAsk && { terminal: terminalOn(stdin, stderr, () => interruption.interrupt("SIGINT")) }),
    });
  } finally {
    interruption.release();
  }
}
