import { render } from "../../core/message.ts";
import { TunnelError } from "../../tunnel/error.ts";
import { harmless } from "../../tunnel/harmless.ts";
import { CliError } from "../problem.ts";
import { complain } from "../world.ts";
import { commands } from "./commands.ts";
import { helpFor } from "./help.ts";
import { exitCodes } from "./interruption.ts";
import { type CommandName, readTunnelOptions, type TunnelCommand } from "./options.ts";
import { type Session, withSession } from "./session.ts";
import type { TunnelWorld } from "./world.ts";

/**
 * Runs one of the commands that speak to hosts. 0: done, or ended by Ctrl-C once the tunnel was up; 1: an audit found
 * something; 2: it could not be done; 129, 130, 143: ended by a signal before that, as a shell says it.
 */
export async function runTunnelCommand(
  name: CommandName,
  argv: readonly string[],
  world: TunnelWorld,
): Promise<number> {
  const { interruption } = world;
  try {
    const options = readTunnelOptions(name, argv);
    if (options.command === "help") {
      world.stdout.write(helpFor[name]);
      return 0;
    }
    const code = await withSession(options, world, (session) => dispatch(options, session));
    const by = interruption.by();
    return by === undefined || by === "SIGINT" ? code : exitCodes[by];
  } catch (error) {
    const by = interruption.by();
    if (by) return exitCodes[by];
    for (const sentence of sentencesOf(error, name)) complain(world, sentence);
    return 2;
  }
}

/** What went wrong and what to do about it; throws on what is our own mistake. */
function sentencesOf(error: unknown, name: CommandName): readonly string[] {
  if (error instanceof CliError) return [error.message, `launch-guard ${name} --help says how to use it`];
  if (!(error instanceof TunnelError)) throw error;
  return [error.said, error.advice].map((said) => harmless(render(said)));
}

function dispatch(options: Exclude<TunnelCommand, { command: "help" }>, session: Session): Promise<number> {
  // The table pairs each command with its own options, which the compiler cannot follow through the lookup.
  const run = commands[options.command] as (options: unknown, session: Session) => Promise<number>;
  return run(options, session);
}
