import { parse as parseYaml } from "yaml";
import * as z from "zod/mini";
import type { Message } from "./message.ts";
import { message } from "./message.ts";
import { ruleIds, severitySchema, toolSchema } from "./tools/tool.ts";

/** The name of the project's configuration, at the root of the workspace. */
export const configName = ".launch-guard.yaml";

const severityOrOff = z.union([severitySchema, z.literal("off")]);
const severities = z.partialRecord(z.enum(ruleIds), severityOrOff);

/** What `.launch-guard.yaml` may say. */
export const configSchema = z.strictObject({
  /** Severity per rule: `public-bind: error`, or `off`. */
  rules: z._default(severities, {}),
  /** The same for files that match a glob; later entries win. */
  overrides: z._default(z.array(z.strictObject({ files: z.array(z.string()), rules: severities })), []),
  /** Globs of files that are not looked at, with `.gitignore`'s meaning. */
  exclude: z._default(z.array(z.string()), []),
  /** Whether ignore comments count: always, only with a reason behind them, or never. */
  ignores: z._default(z.enum(["allow", "reason", "forbid"]), "allow"),
  /** Tables of one's own tools, with the schema of the built-in ones. */
  tools: z._default(z.array(toolSchema), []),
});
export type Config = z.infer<typeof configSchema>;

export const defaultConfig: Config = { rules: {}, overrides: [], exclude: [], ignores: "allow", tools: [] };

/** The configuration, or what is wrong with it as plain sentences that name the place; then the default holds. */
export function readConfig(text: string): { config: Config; problems: Message[] } {
  let data: unknown;
  try {
    data = parseYaml(text) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    return {
      config: defaultConfig,
      problems: [message("{file} is no valid YAML: {reason}", { file: configName, reason })],
    };
  }
  const result = configSchema.safeParse(data);
  if (result.success) return { config: result.data, problems: [] };
  return {
    config: defaultConfig,
    problems: result.error.issues.map((issue) =>
      message("{file}: {where}: {reason}", {
        file: configName,
        where: issue.path.join(".") || "top level",
        reason: issue.message,
      }),
    ),
  };
}
