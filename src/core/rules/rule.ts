import type { Finding, Fix } from "../finding.ts";
import type { Launch } from "../launch.ts";
import type { RuleId, ToolExample } from "../tools/tool.ts";

/** What a rule says of a launch: a finding without the rule's id and the tool's. */
export type Problem = Omit<Finding, "rule" | "tool" | "fixes"> & { readonly fixes: readonly Fix[] };

/** One kind of danger. It reads facts, never arguments, so it holds for every tool and every kind of file. */
export type Rule = {
  readonly id: RuleId;
  /** What is wrong, as a heading. */
  readonly title: string;
  /** Why that is dangerous, for the rule's page: plain sentences. */
  readonly why: string;
  /** What to do instead, for the rule's page. */
  readonly instead: string;
  /** What it never reports, for the rule's page. */
  readonly not: string;
  check(launch: Launch): Problem[];
  readonly examples: { readonly unsafe: readonly Omit<ToolExample, "rule">[]; readonly safe: readonly SafeExample[] };
};

/** A file that the rule accepts. */
export type SafeExample = { readonly path?: string; readonly text: string };
