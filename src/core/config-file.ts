import { parse as parseYaml } from "yaml";
import * as z from "zod/mini";
import { type Config, configName, defaultConfig } from "./config.ts";
import { type Message, message } from "./message.ts";
import { ruleIds } from "./rule-ids.ts";
import { severitySchema, toolSchema } from "./tools/tool.ts";

// Apart from `config.ts`, because the schemas take longer to load than most files to lint and few projects have a
// configuration.

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
