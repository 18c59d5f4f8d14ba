import { dirname, join } from "node:path";
import { type Config, configName, defaultConfig } from "../core/config.ts";
import { globs } from "../core/globs.ts";
import { render } from "../core/message.ts";
import type { Disk } from "./disk.ts";
import { below, isInside } from "./paths.ts";
import { CliError } from "./problem.ts";
import { readText } from "./reading.ts";

/** The folder that paths in the configuration and in messages of the engine are relative to. */
export type Root = {
  readonly folder: string;
  readonly config: Config;
  /** Whether the configuration excludes an absolute path. */
  excludes(path: string, isFolder: boolean): boolean;
};

/**
 * The nearest folder from `cwd` upwards that has a configuration or is the root of a git repository; `cwd` if there is
 * none. Above a repository no one looks for a configuration, so that a checkout means the same on every machine.
 */
export async function findRoot(cwd: string, disk: Disk): Promise<Root> {
  const folder = nearest(cwd, (candidate) => has(disk, candidate, configName) || has(disk, candidate, ".git")) ?? cwd;
  const config = has(disk, folder, configName) ? await readFrom(join(folder, configName), disk) : defaultConfig;
  const excluded = globs(config.exclude);
  return {
    folder,
    config,
    excludes(path, isFolder) {
      return isInside(folder, path) && excluded(below(folder, path) + (isFolder ? "/" : "")) === "ignored";
    },
  };
}

/** The root of the git repository that a folder is in. */
export function repositoryOf(folder: string, disk: Disk): string | undefined {
  return nearest(folder, (candidate) => has(disk, candidate, ".git"));
}

function nearest(folder: string, matches: (candidate: string) => boolean): string | undefined {
  if (matches(folder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above, matches);
}

function has(disk: Disk, folder: string, name: string): boolean {
  try {
    return disk.look(join(folder, name)) !== undefined;
  } catch {
    // A folder that may not be looked into holds nothing for us.
    return false;
  }
}

async function readFrom(path: string, disk: Disk): Promise<Config> {
  const reading = readText(path, disk);
  if ("refused" in reading) throw new CliError("config", `${path} ${reading.refused}`);
  // Loaded here because its schemas are slow to load and few projects have a configuration.
  const { readConfig } = await import("../core/config-file.ts");
  const { config, problems } = readConfig(reading.text);
  if (problems.length === 0) return config;
  throw new CliError("config", [path, ...problems.map((problem) => render(problem))].join("\n  "));
}
