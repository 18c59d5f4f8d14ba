import type { Config } from "../config.ts";
import type { Finding } from "../finding.ts";
import type { commandTests, JudgedLaunch, judgeCommands } from "../lint.ts";
import { message, sentences } from "../message.ts";
import { type Severity, severities } from "../severity.ts";
import type { composeUp } from "../sources/compose/up.ts";
import type { ReadShell, shellCommands } from "../sources/shell/commands.ts";
import type { Workspace } from "../sources/source.ts";
import { follow, mayLead } from "./follow/follow.ts";
import type { Following } from "./follow/following.ts";
import { type ShellName, type Typed, typedInvocations, typedPath } from "./typed.ts";

/** What the linter's half lends to this one, which is loaded apart from it. */
export type Lent = {
  readonly judgeCommands: typeof judgeCommands;
  readonly commandTests: typeof commandTests;
  readonly shellCommands: typeof shellCommands;
  readonly composeUp: typeof composeUp;
};

/** How each shell reads a command, and how a script of Python does what it does. */
export type Readers = Readonly<Record<Exclude<ShellName, "posix">, ReadShell>> & Pick<Following, "python">;

/** Where a command runs: its files, and the configuration of their project, which names them by `pathOf`. */
export type Whereabouts = Pick<Workspace, "read"> & { readonly config: Config; pathOf(path: string): string };

export type Judge = {
  /** Whether it is worth reading: it names a tool, or something that may lead to one. */
  isOfInterest(typed: Typed, config: Config): boolean;
  /** Every launch that the command starts, with what there is to say of each. Never throws. */
  judge(typed: Typed, place: Whereabouts): JudgedLaunch[];
};

export function commandJudge(lent: Lent, { python, ...dialects }: Readers): Judge {
  const readers = { ...dialects, posix: lent.shellCommands };
  return {
    isOfInterest: ({ text }, config) => lent.commandTests(config).mentions(text) || leads.test(text),
    judge(typed, { read, config, pathOf }) {
      const { starts } = lent.commandTests(config);
      const following: Following = { read, python, shell: lent.shellCommands, composeUp: lent.composeUp };
      const workspace: Workspace = {
        read,
        referrers: () => [],
        follow: (command, program) => follow(command, following, program),
      };
      const commands = typedInvocations(typed, readers, (name, text) => mayLead(name) || starts(name, text));
      return lent.judgeCommands(commands, workspace, config, pathOf).map(typedHere);
    },
  };
}

/** Words that may lead to a file that starts something; most of what is typed has none of them. */
const leads =
  /\b(compose|docker-compose|podman-compose|make|gmake|npm|pnpm|yarn|bun|source|python\S*)\b|\.(sh|bash|zsh|py)\b|(^|[;&|]\s*)\.\s/;

/** What is a secret in a file is, when it is typed, one in the history of the shell and in the list of processes. */
function typedHere({ launch, findings }: JudgedLaunch): JudgedLaunch {
  return { launch, findings: findings.map((finding) => (isTypedSecret(finding) ? asLeak(finding, launch) : finding)) };
}

function isTypedSecret({ rule, at }: Finding): boolean {
  return rule === "hardcoded-secret" && at.path === typedPath;
}

function asLeak(finding: Finding, { tool }: JudgedLaunch["launch"]): Finding {
  const says = message(
    "A secret of {tool} is typed here: it stays in the history of the shell, and everyone on this machine sees it in the list of processes.",
    { tool: tool.name },
  );
  return { ...finding, rule: "token-leak", message: says };
}

/** The rules about who gets to a server and what stops them; the first of them leads a notice. */
const reachRules: readonly Finding["rule"][] = [
  "public-share",
  "no-auth",
  "public-publish",
  "public-bind",
  "internal-port",
];

/** Whether others get to the launch: what is judged apart from what they could do then. */
export function isExposed({ findings }: JudgedLaunch): boolean {
  return findings.some(({ rule, severity }) => severity !== "info" && reachRules.includes(rule));
}

/** What is said of a launch as a whole: how bad it is, and the sentence that leads. */
export type Verdict = { readonly severity: Severity; readonly lead: Finding; readonly says: Finding["message"] };

/**
 * The worst of its findings leads. A server that others get to and that may run what they send as root is an error, even
 * where neither would be one by itself.
 */
export function verdictOf(judged: JudgedLaunch): Verdict | undefined {
  const [lead] = judged.findings.toSorted((a, b) => rank(a) - rank(b));
  if (!lead) return undefined;
  const root = judged.findings.find(({ rule, severity }) => rule === "run-as-root" && severity !== "info");
  if (!root || root === lead || !isExposed(judged) || !judged.launch.tool.runsCode)
    return { severity: lead.severity, lead, says: lead.message };
  return { severity: "error", lead, says: sentences(lead.message, root.message) };
}

function rank({ severity, rule }: Finding): number {
  const place = reachRules.indexOf(rule);
  return severities.indexOf(severity) * 100 + (place < 0 ? reachRules.length : place);
}
