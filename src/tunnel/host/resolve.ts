import { render } from "../../core/message.ts";
import type { Environment } from "../environment.ts";
import type { Log } from "../log.ts";
import { askSsh } from "./ask-ssh.ts";
import { readPlainly } from "./config/plain.ts";
import type { ConfigProblem, Host } from "./host.ts";
import { hostOf } from "./host-of.ts";
import { parseHostName } from "./name.ts";
import { onlySystemSsh } from "./only-system-ssh.ts";

/**
 * What OpenSSH would use for a host. `ssh -G` says it; where there is no ssh, or a bad line makes it refuse the whole
 * config, our own reader does, which leaves the line out and says what else it cannot follow. Rejects with
 * `bad-request`, `config-unreadable`, `timed-out` or `cancelled`.
 */
export async function resolveHost(
  name: string,
  environment: Environment,
  log: Log,
  signal: AbortSignal,
): Promise<Host> {
  const parsed = parseHostName(name);
  const { settings, problems } = await read();
  for (const { file, line, said } of problems) log("warn", `${file}, line ${line} is not used: ${render(said)}`);
  const host = hostOf(name, parsed, settings, environment);
  return { ...host, problems, onlySystemSsh: await onlySystemSsh(settings, host, environment) };

  async function read() {
    const asked = environment.ssh ? await askSsh(environment.ssh, parsed, environment, signal) : { badLines: [] };
    if ("settings" in asked) return { settings: asked.settings, problems: [] };
    const plain = readPlainly(parsed, environment, asked.badLines);
    return { settings: plain.settings, problems: merged(asked.badLines, plain.problems) };
  }
}

/** One problem for each line. */
function merged(first: readonly ConfigProblem[], then: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const named = new Set(first.map(placeOf));
  return [...first, ...then.filter((problem) => !named.has(placeOf(problem)))];
}

function placeOf({ file, line }: ConfigProblem): string {
  return `${file}:${line}`;
}
