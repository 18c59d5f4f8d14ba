import type { Environment } from "../environment.ts";
import { TunnelError } from "../error.ts";
import { configFiles, type Step, walkConfig } from "./config/walk.ts";
import type { ConfigProblem, HostList, ListedHost } from "./host.ts";
import { isHostName } from "./name.ts";

/**
 * The hosts that the user's ssh config names without wildcards, Includes followed, nothing run or resolved. Rejects
 * with `config-unreadable` where a config was named and cannot be read; whatever else is wrong is among `problems`.
 */
export async function listHosts(environment: Environment): Promise<HostList> {
  const hosts = new Map<string, ListedHost>();
  const problems: ConfigProblem[] = [];
  let block: readonly string[] = [];

  // The first is the user's own; hosts of the system's config are somebody else's.
  for (const file of configFiles(environment).slice(0, 1)) {
    for (const step of walkConfig(file, environment)) {
      if (step.step === "problem") report(step);
      if (step.step === "line") block = take(step, block);
    }
  }
  return { hosts: [...hosts.values()], problems };

  function report({ file, line, said }: ConfigProblem): void {
    if (line > 0) problems.push({ file, line, said });
    else if (environment.configFile !== undefined) throw new TunnelError("config-unreadable", said);
  }

  /** Notes what a line says, and returns the hosts that the next one is about. */
  function take({ keyword, words, file, line }: Extract<Step, { step: "line" }>, about: readonly string[]) {
    if (keyword === "match") return [];
    if (keyword === "host") {
      const names = words.filter((name) => !/[*?!]/.test(name) && isHostName(name));
      for (const name of names) if (!hosts.has(name)) hosts.set(name, { name, file, line });
      return names;
    }
    const value = words[0];
    if (value !== undefined && (keyword === "hostname" || keyword === "user")) {
      // As for OpenSSH, the first value counts.
      for (const host of about.flatMap((name) => hosts.get(name) ?? []))
        hosts.set(host.name, { [keyword]: value, ...host });
    }
    return about;
  }
}
