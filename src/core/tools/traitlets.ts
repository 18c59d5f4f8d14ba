import type { EndpointTable, Tool } from "./tool.ts";

/**
 * One trait of a Jupyter application, in each class that carries it: the option `--Class.trait` and the configuration
 * key `Class.trait`. `aliases` are its short options.
 */
export function trait(
  name: string,
  classes: readonly string[],
  aliases: readonly string[] = [],
): { options: string[]; keys: string[] } {
  const keys = classes.map((className) => `${className}.${name}`);
  return { options: [...aliases, ...keys.map((key) => `--${key}`)], keys };
}

/**
 * What every Jupyter application understands.
 * Source: jupyter_core/application.py@2e63fd3928a979844fa0c2a247ee1937bbae9a99.
 */
export const jupyterApplication = {
  valueOptions: ["--log-level", "--config"],
  plainOptions: ["--debug", "-y"],
  notLaunches: [
    "-h",
    "--help",
    "--help-all",
    "-V",
    "--version",
    "--generate-config",
    "--show-config",
    "--show-config-json",
  ],
} as const;

/** A server on loopback unless `ip` says otherwise. */
export function ipEndpoint(port: number): EndpointTable {
  return {
    role: "main",
    bind: { default: "loopback", settings: [{ setting: "ip", format: "host" }] },
    port: { default: [port], settings: ["port"] },
  };
}

/** No login without a token. */
export const loginByToken: Tool["auth"] = {
  default: "none",
  off: [{ setting: "token", when: "empty" }],
  on: [{ setting: "token", when: "filled" }],
};
