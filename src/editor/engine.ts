import type { Lent } from "../core/command/judge.ts";
import type { readConfig } from "../core/config-file.ts";
import { commandTests, ignoreEdit, isReadable, judgeCommands, linksOf, lint, mayBeReadable } from "../core/lint.ts";
import { rules } from "../core/rules/index.ts";
import type { Rule } from "../core/rules/rule.ts";
import { composeUp } from "../core/sources/compose/up.ts";
import { shellCommands } from "../core/sources/shell/commands.ts";

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

/** The core, with the schema of configurations, which is a bundle of its own. */
export async function loadEngine(): Promise<Engine> {
  const { readConfig } = await import("../core/config-file.ts");
  return { ignoreEdit, isReadable, linksOf, lint, mayBeReadable, readConfig, rules };
}

/** What the terminal guard needs of the core: it is a bundle of its own, and the core is large. */
export const lent: Lent = { judgeCommands, commandTests, shellCommands, composeUp };
