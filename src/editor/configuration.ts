import * as vscode from "vscode";
import { type Config, configName, defaultConfig } from "../core/config.ts";
import type { ConfigProblem } from "../core/config-file.ts";
import { globs } from "../core/globs.ts";
import type { Engine } from "./engine.ts";

/** What `.launch-guard.yaml` says of a project. */
export type Configuration = {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  excludes(path: string): boolean;
};

/** Reads a project's configuration as its text stands; while that is broken, what it last said holds on. */
export function configuration(engine: Engine, read: (path: string) => string | undefined): () => Configuration {
  let seen: string | undefined;
  let valid = defaultConfig;
  let current = withExcludes(valid, []);
  return () => {
    const text = read(configName);
    if (text === seen) return current;
    seen = text;
    const { config, problems } = engine.readConfig(text ?? "");
    if (problems.length === 0) valid = trusted(config);
    current = withExcludes(valid, problems);
    return current;
  };
}

/** Tables are data, but the patterns in them run here: only people who trust a folder let them. */
function trusted(config: Config): Config {
  return vscode.workspace.isTrusted ? config : { ...config, tools: defaultConfig.tools };
}

function withExcludes(config: Config, problems: readonly ConfigProblem[]): Configuration {
  const says = globs(config.exclude);
  return { config, problems, excludes: (path) => says(path) === "ignored" };
}
