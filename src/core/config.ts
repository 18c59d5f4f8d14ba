import type * as z from "zod/mini";
import type { configSchema } from "./config-file.ts";

/** The name of the project's configuration, at the root of the workspace. */
export const configName = ".launch-guard.yaml";

export type Config = z.infer<typeof configSchema>;

export const defaultConfig: Config = { rules: {}, overrides: [], exclude: [], ignores: "allow", tools: [] };
