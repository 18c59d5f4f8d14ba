import * as z from "zod/mini";
import { configSchema } from "../src/core/config-file.ts";
import { rules } from "../src/core/rules/index.ts";

/** What an editor shows beside each key of `.launch-guard.yaml`. */
const descriptions: Readonly<Record<keyof typeof configSchema.shape, string>> = {
  rules: "The severity of each rule in this project: error, warning, info or off.",
  overrides: "The same for some files; a later entry wins over an earlier one.",
  exclude: "Files that are not looked at, as patterns with the meaning that they have in .gitignore.",
  ignores: "Whether ignore comments count: always (allow), only with a reason behind them (reason), or never (forbid).",
  tools: "Tables of your own tools, in the shape of the built-in ones.",
};

const reference = "https://github.com/launch-guard/launch-guard#configuration";

/** The JSON schema by which editors complete `.launch-guard.yaml`. */
export function configJsonSchema(): string {
  const { properties = {}, ...schema } = z.toJSONSchema(configSchema, {
    io: "input",
    target: "draft-7",
    override: ({ jsonSchema }) => describeRules(jsonSchema),
  });
  const described = Object.entries(descriptions).map(([key, description]) => [
    key,
    { description, ...propertyOf(properties, key) },
  ]);
  const whole = { ...schema, title: "Launch Guard", $comment: reference, properties: Object.fromEntries(described) };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

/** Names of rules complete one by one, each with its title, where the schema knows only that keys are such names. */
function describeRules(schema: z.core.JSONSchema.BaseSchema): void {
  const { propertyNames, additionalProperties, ...rest } = schema;
  if (typeof propertyNames !== "object" || !propertyNames.enum?.includes(rules[0]?.id ?? "")) return;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, rest, {
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(({ id, title }) => [id, { description: title, ...Object(additionalProperties) }]),
    ),
  });
}

function propertyOf(properties: Record<string, unknown>, key: string): object {
  return Object(properties[key]);
}
