import { version } from "../../package.json";
import { help } from "./help.ts";
import { isTunnelCommand, readOptions } from "./options.ts";
import { CliError } from "./problem.ts";
import { scan } from "./scan.ts";
import { complain, type World } from "./world.ts";

/** The command line: arguments in, text on the world's streams and an exit code out. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    const [first = "", ...rest] = argv;
    if (isTunnelCommand(first)) {
      // Loaded only now: whoever scans files needs no tunnels.
      const { tunnelCommand } = await import("./tunnel/index.ts");
      return await tunnelCommand(first, rest, world);
    }
    const command = readOptions(argv);
    if (command === "help") world.stdout.write(help);
    else if (command === "version") world.stdout.write(`${version}\n`);
    else return await scan(command, world);
    return 0;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    complain(world, error.message);
    if (error.code === "usage") complain(world, "launch-guard --help says how to use it");
    return 2;
  }
}
