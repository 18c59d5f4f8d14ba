import { type Document, isMap, isNode, isScalar, isSeq, type Pair, parseDocument } from "yaml";
import * as z from "zod/mini";
import { type Config, configName, defaultConfig } from "./config.ts";
import { type Message, message } from "./message.ts";
import { ruleIds } from "./rule-ids.ts";
import { issueSentence } from "./schema-issue.ts";
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

/** What is wrong with the configuration, and where in its text. */
export type ConfigProblem = Message & { readonly start: number; readonly end: number };

/** The configuration, or what is wrong with it as plain sentences that name the place; then the default holds. */
export function readConfig(text: string): { config: Config; problems: ConfigProblem[] } {
  const document = parseDocument(text);
  const broken = yamlProblem(document);
  if (broken) return { config: defaultConfig, problems: [broken] };
  const result = configSchema.safeParse(document.toJS() ?? {});
  if (result.success) return { config: result.data, problems: [] };
  return { config: defaultConfig, problems: result.error.issues.map((issue) => schemaProblem(issue, document)) };
}

function yamlProblem(document: Document.Parsed): ConfigProblem | undefined {
  const [error] = document.errors;
  const reason = error ? error.message.split("\n")[0] : unresolvable(document);
  if (reason === undefined) return undefined;
  const [start, end] = error?.pos ?? [0, 0];
  return { ...message("{file} is no valid YAML: {reason}", { file: configName, reason }), start, end };
}

/** Aliases that blow up are found when values are made of the document, and reported as an exception. */
function unresolvable(document: Document.Parsed): string | undefined {
  try {
    document.toJS();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function schemaProblem(issue: z.core.$ZodIssue, document: Document.Parsed): ConfigProblem {
  const where = issue.path.join(".") || "top level";
  const said = message("{file}: {where}: {reason}", { file: configName, where, reason: issueSentence(issue) });
  return { ...said, ...rangeOf(issue, document) };
}

/** What the problem is about, or the deepest thing around it that is there. */
function rangeOf(issue: z.core.$ZodIssue, document: Document.Parsed): { start: number; end: number } {
  let shown: unknown = document.contents;
  let inner: unknown = document.contents;
  for (const step of issue.path) {
    const pair = pairOf(inner, step);
    inner = pair ? pair.value : itemOf(inner, step);
    if (!isNode(inner)) break;
    shown = pair && !isScalar(inner) ? pair.key : inner;
  }
  if (issue.code === "unrecognized_keys") shown = pairOf(inner, issue.keys[0])?.key;
  const [start = 0, end = start] = (isNode(shown) && shown.range) || [];
  return { start, end };
}

function pairOf(node: unknown, name: unknown): Pair | undefined {
  return isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
}

function itemOf(node: unknown, index: unknown): unknown {
  return isSeq(node) && typeof index === "number" ? node.items[index] : undefined;
}
