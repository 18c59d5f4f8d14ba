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
  /** Why that is dangerous: plain sentences, for the hover and the rule's page. */
  readonly why: string;
  check(launch: Launch): Problem[];
};

/** The rest of a rule's page, and what proves the rule. */
export type RulePage = {
  /** What to do instead. */
  readonly instead: string;
  /** What it never reports. */
  readonly not: string;
  readonly examples: { readonly unsafe: readonly Omit<ToolExample, "rule">[]; readonly safe: readonly SafeExample[] };
};

/** A file that the rule accepts. */
export type SafeExample = { readonly path?: string; readonly text: string };
