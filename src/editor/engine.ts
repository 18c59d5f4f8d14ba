import type { readConfig } from "../core/config-file.ts";
import type { ignoreEdit, isReadable, linksOf, lint, mayBeReadable } from "../core/lint.ts";
import type { Rule } from "../core/rules/rule.ts";

/** What the editor needs of the core, as one value: it is loaded late, and a test can put another in its place. */
export type Engine = {
  readonly lint: typeof lint;
  readonly linksOf: typeof linksOf;
  readonly isReadable: typeof isReadable;
  readonly mayBeReadable: typeof mayBeReadable;
  readonly ignoreEdit: typeof ignoreEdit;
  readonly readConfig: typeof readConfig;
  readonly rules: readonly Pick<Rule, "id" | "title">[];
};

/** Loads parsers, tables and schemas, which take longer than all else that happens when the editor starts us. */
export async function loadEngine(): Promise<Engine> {
  const [core, { readConfig }, { rules }] = await Promise.all([
    import("../core/lint.ts"),
    import("../core/config-file.ts"),
    import("../core/rules/index.ts"),
  ]);
  return { ...core, readConfig, rules };
}
