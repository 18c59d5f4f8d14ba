import { type Config, defaultConfig } from "./config.ts";
import type { Confidence, Finding } from "./finding.ts";
import { globs } from "./globs.ts";
import { applyIgnores, housekeeping, writeIgnore } from "./ignores.ts";
import type { Invocation } from "./invocation.ts";
import type { Launch } from "./launch.ts";
import { isTooLong, type LaunchFinder, launchFinder, openFile, sourceOf } from "./launches.ts";
import { mentionTest } from "./mentions.ts";
import { message } from "./message.ts";
import { ruleIds } from "./rule-ids.ts";
import { rules } from "./rules/index.ts";
import { severities } from "./severity.ts";
import type { Limit, Opened, Workspace } from "./sources/source.ts";
import { starterTest } from "./starters.ts";
import { type Edit, type Place, placeKey } from "./text.ts";
import { tools } from "./tools/index.ts";
import type { Tool } from "./tools/tool.ts";

/**
 * The engine's front door: everything there is to say about one file, sorted by place.
 *
 * Findings stand in that file only; a launch that spans several files is reported in each of them when that one is
 * linted, which is why the workspace has to know the `referrers`. Never throws on any text.
 */
export function lint(path: string, workspace: Workspace, config: Config = defaultConfig): Finding[] {
  const text = workspace.read(path);
  if (text === undefined) return [];
  const engine = engineFor(config.tools);
  const source = sourceOf(path, text);
  if (!source || (source.alone && !engine.mentions(text))) return [];
  const file = source.open({ path, text }, { ...workspace, starts: engine.starts });
  const here = engine
    .launchesOf(path, file, workspace)
    .flatMap(findingsOf)
    .filter((finding) => finding.at.path === path)
    .map((finding) => ({ ...finding, at: visible(finding.at, text) }));
  const limits = limitsOf(file).map(({ at, what }) => housekeeping("too-large", at, message(limitSentences[what])));
  const graded = merged(here).flatMap((finding) => configured(finding, path, config));
  return applyIgnores([...graded, ...limits], path, text, file, config.ignores).toSorted(byPlace);
}

/** The files that `path` leads to (its Dockerfile, scripts, `.env`), for hosts that keep the `referrers`. */
export function linksOf(path: string, workspace: Workspace): readonly string[] {
  return openFile(path, workspace)?.opened.links() ?? [];
}

/** Whether the engine reads this kind of file at all; `text` helps with scripts that have no extension. */
export function isReadable(path: string, text = ""): boolean {
  return sourceOf(path, text) !== undefined;
}

/** Whether the engine may read a file by this path once it has seen the text: a script or a compose file of any name. */
export function mayBeReadable(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return isReadable(path) || !name.includes(".", 1) || /\.ya?ml$/i.test(name);
}

/**
 * Where an ignore comment for a finding goes: the edit that writes it, in the file's own comment syntax, above the
 * smallest statement that holds the finding, and the offset behind it, in the new text, where the reason is typed.
 */
export function ignoreEdit({ rule, at }: Finding, workspace: Workspace): { edit: Edit; cursor: number } | undefined {
  const file = openFile(at.path, workspace);
  return file && writeIgnore(rule, at, file.text, file.opened);
}

/** A launch, and what there is to say of it, wherever that is written. */
export type JudgedLaunch = { readonly launch: Launch; readonly findings: readonly Finding[] };

/**
 * What there is to say of commands that are run now rather than written in a file. Ignore comments count in the files
 * that take part, and so does the configuration, for which `pathOf` tells how it names a file. Never throws.
 */
export function judgeCommands(
  commands: readonly Invocation[],
  workspace: Workspace,
  config: Config = defaultConfig,
  pathOf: (path: string) => string = (path) => path,
): JudgedLaunch[] {
  return engineFor(config.tools)
    .launchesIn(commands, workspace)
    .map((launch) => {
      const graded = merged(findingsOf(launch)).flatMap((finding) =>
        configured(finding, pathOf(finding.at.path), config),
      );
      return { launch, findings: graded.filter((finding) => !isIgnored(finding, workspace, config)) };
    });
}

function isIgnored(finding: Finding, workspace: Workspace, { ignores }: Config): boolean {
  const { path } = finding.at;
  const file = openFile(path, workspace);
  return file !== undefined && !applyIgnores([finding], path, file.text, file.opened, ignores).includes(finding);
}

/** Two cheap tests that go before a command is read: of its whole text, and of one program in it. */
export function commandTests({ tools: own }: Config = defaultConfig): Pick<Engine, "mentions" | "starts"> {
  return engineFor(own);
}

type Engine = LaunchFinder & {
  readonly mentions: (text: string) => boolean;
  readonly starts: (program: string, command: string) => boolean;
};

/** One engine for each list of own tools, because it indexes every table. */
const engines = new WeakMap<readonly Tool[], Engine>();

function engineFor(own: readonly Tool[]): Engine {
  const existing = engines.get(own);
  if (existing) return existing;
  const all = [...own, ...tools];
  const engine = { ...launchFinder(all), mentions: mentionTest(all), starts: starterTest(all) };
  engines.set(own, engine);
  return engine;
}

/** What was left out of a file. */
function limitsOf(file: Opened): Limit[] {
  const long = file.invocations().filter(isTooLong);
  return [...file.limits(), ...long.map(({ at }): Limit => ({ at, what: "size" }))];
}

const limitSentences = {
  size: "This is larger than Launch Guard reads, so not all of it was checked.",
  nesting: "This is nested deeper than Launch Guard reads, so what is inside was not checked.",
} as const;

/** What the rules say of one launch; each finding names the others of the same launch. */
function findingsOf(launch: Launch): Finding[] {
  const findings = rules.flatMap((rule) =>
    rule.check(launch).map(
      (problem): Finding => ({
        rule: rule.id,
        tool: launch.tool.id,
        ...problem,
        why: [message(rule.why), ...problem.why],
      }),
    ),
  );
  return findings.map((finding) => ({ ...finding, related: [...finding.related, ...others(finding, findings)] }));
}

function others(finding: Finding, all: readonly Finding[]): Finding["related"] {
  const known = new Set([finding.at, ...finding.related.map(({ at }) => at)].map(placeKey));
  return all
    .filter(({ at }) => !known.has(placeKey(at)))
    .map(({ at, rule }) => ({ at, rule, message: message("The same launch: {rule}.", { rule }) }));
}

const confidenceOrder: readonly Confidence[] = ["high", "medium", "low"];

/** One finding for each rule and place. */
function merged(findings: readonly Finding[]): Finding[] {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${placeKey(finding.at)}`;
    const other = worst.get(key);
    worst.set(key, other ? together(finding, other) : finding);
  }
  return [...worst.values()];
}

/** The worse of two, with what the same fix does for both: only then is the finding gone. */
function together(one: Finding, other: Finding): Finding {
  const [worse, less] = rank(one) < rank(other) ? [one, other] : [other, one];
  const fixes = worse.fixes.map((fix) => {
    const same = less.fixes.find(({ title }) => title.template === fix.title.template);
    return same ? { ...fix, edits: union(fix.edits, same.edits), safe: fix.safe && same.safe } : fix;
  });
  return { ...worse, fixes };
}

function union(edits: readonly Edit[], more: readonly Edit[]): Edit[] {
  const known = new Set(edits.map(placeKey));
  return [...edits, ...more.filter((edit) => !known.has(placeKey(edit)))];
}

function rank({ severity, confidence }: Finding): number {
  return severities.indexOf(severity) * confidenceOrder.length + confidenceOrder.indexOf(confidence);
}

/** An emptied value has no width; the `${TOKEN:-}` or the word around it is shown instead. */
function visible(at: Place, text: string): Place {
  if (at.start < at.end) return at;
  const opened = /\$\{\w+:?-$/.exec(text.slice(0, at.start))?.index;
  if (opened !== undefined && text[at.end] === "}") return { path: at.path, start: opened, end: at.end + 1 };
  const before = /\S*$/.exec(text.slice(text.lastIndexOf("\n", at.start - 1) + 1, at.start))?.[0].length ?? 0;
  const after = /^\S*/.exec(text.slice(at.start))?.[0].length ?? 0;
  return { path: at.path, start: at.start - before, end: at.start + after };
}

/** The finding with the severity that the project gives its rule, or nothing where the rule is off. */
function configured(finding: Finding, path: string, config: Config): Finding[] {
  const rule = ruleIds.find((id) => id === finding.rule);
  if (rule === undefined) return [finding];
  const overrides = config.overrides.filter(
    ({ files, rules: given }) => given[rule] !== undefined && covers(files, path),
  );
  const severity = overrides.at(-1)?.rules[rule] ?? config.rules[rule] ?? finding.severity;
  return severity === "off" ? [] : [{ ...finding, severity }];
}

function covers(patterns: readonly string[], path: string): boolean {
  return globs(patterns)(path) === "ignored";
}

function byPlace(a: Finding, b: Finding): number {
  return a.at.start - b.at.start || a.at.end - b.at.end || (a.rule < b.rule ? -1 : 1);
}
