import { rules } from "../src/core/rules/index.ts";
import { rulePages } from "../src/core/rules/pages.ts";
import type { Rule } from "../src/core/rules/rule.ts";
import { tools } from "../src/core/tools/index.ts";
import type { Hazard, Setting, Tool, ToolExample } from "../src/core/tools/tool.ts";
import { configJsonSchema } from "./config-schema.ts";

/** The pages that are made from the rules and the tables: a path and its text for each. */
export function pages(): Map<string, string> {
  const made = new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]));
  made.set("docs/tools.md", toolsPage());
  return made.set("schemas/launch-guard.schema.json", configJsonSchema());
}

const readmeStart = "<!-- rules: made by `npm run docs` -->";
const readmeEnd = "<!-- end of rules -->";

/** The README with its table of rules made anew. */
export function withRuleTable(readme: string): string {
  const start = readme.indexOf(readmeStart);
  const end = readme.indexOf(readmeEnd);
  if (start < 0 || end < 0) throw new Error("README.md has lost the markers around its table of rules.");
  const rows = rules.map(({ id, title }) => `| [\`${id}\`](docs/rules/${id}.md) | ${title} | ${rulePages[id].not} |`);
  const table = ["| rule | what is wrong | what it leaves alone |", "|---|---|---|", ...rows].join("\n");
  return `${readme.slice(0, start)}${readmeStart}\n${table}\n${readme.slice(end)}`;
}

function rulePage(rule: Rule): string {
  const { instead, not, examples } = rulePages[rule.id];
  return `${[
    `# ${rule.title} (\`${rule.id}\`)`,
    rule.why,
    `**Instead.** ${instead}`,
    `**Not reported.** ${not}`,
    "## Examples",
    ...examples.unsafe.map(unsafeExample),
    "Nothing is reported here:",
    ...examples.safe.map(({ path, text }) => fence(path, text)),
    ...hazardSection(rule),
    "## Ignoring it",
    "Write the reason into the file, above the statement, instruction or key:",
    fence(undefined, `# launch-guard: ignore[${rule.id}] behind the company's login proxy\n`),
    "Or give it another severity, or `off`, in `.launch-guard.yaml`:",
    fence("x.yaml", `rules:\n  ${rule.id}: info\n`),
    "This page is made from `src/core/rules` and `src/core/tools` by `npm run docs`.",
  ].join("\n\n")}\n`;
}

function unsafeExample({ path, text, fixed }: Omit<ToolExample, "rule">): string {
  const before = fence(path, text.replace(/[«»]/g, ""));
  return fixed === undefined ? before : `${before}\n\nbecomes\n\n${fence(path, fixed)}`;
}

const languages: Readonly<Record<string, string>> = { Dockerfile: "dockerfile", yaml: "yaml" };

function fence(path: string | undefined, text: string): string {
  const language = languages[path?.split(".").pop() ?? ""] ?? "sh";
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** What each tool's table reports under this rule. */
function hazardSection({ id }: Rule): string[] {
  const rows = tools.flatMap((tool) =>
    tool.hazards.filter((hazard) => hazard.rule === id).map((hazard) => hazardRow(tool, hazard)),
  );
  if (rows.length === 0) return [];
  return [
    "## What is reported",
    ["| tool | setting | severity | what happens |", "|---|---|---|---|", ...rows].join("\n"),
  ];
}

function hazardRow(tool: Tool, hazard: Hazard): string {
  const setting = tool.settings.find(({ name }) => name === hazard.setting);
  const named = setting
    ? `[${cell(spelling(setting))}](${setting.reference})`
    : `[the launch itself](${tool.reference})`;
  return `| ${tool.name} | ${named} | ${hazard.severity} | ${cell([hazard.says, hazard.advice ?? ""].join(" ").trim())} |`;
}

function spelling({ options = [], switches = [], negations = [], variables = [], keys = [], name }: Setting): string {
  return `\`${[...options, ...switches, ...negations, ...variables, ...keys][0] ?? name}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function toolsPage(): string {
  const rows = tools.map((tool) => {
    const ports = tool.endpoints.flatMap(({ port }) => port.default).join(", ") || "–";
    const binds = [...new Set(tool.endpoints.map(({ bind }) => bind.default))].join(", ") || "–";
    const commands = tool.commands
      .slice(0, 4)
      .map((command) => `\`${command}\``)
      .join(", ");
    return `| [${tool.name}](${tool.reference}) | ${commands} | ${binds} | ${ports} | ${tool.auth.default} |`;
  });
  return `# The tools that Launch Guard knows\n\nMade from \`src/core/tools\` by \`npm run docs\`.\n\n| tool | started by | listens on | ports | login by default |\n|---|---|---|---|---|\n${rows.join("\n")}\n`;
}
