import type { Invocation } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import type { Word } from "../../word.ts";
import { shellCommands } from "./commands.ts";

export { isShellScript } from "./kind.ts";
export { splitWords } from "./split.ts";

/**
 * What a script inside of something else starts: the argument of `bash -c`, a heredoc on a shell's standard input. It
 * runs where and as whom `outer` runs, with its environment. `parameters` are `$1`, `$2`, …, where they are known.
 */
export function scriptInvocations(
  script: Mapped,
  outer: Invocation,
  parameters: readonly Word[] | undefined,
): Invocation[] {
  const { commands } = shellCommands(script, { env: outer.env, parameters, depth: 0, at: outer.at });
  // Its standard input and its image's own command belong to `outer` alone.
  const { stdin, usesImageCommand, usesImageEntrypoint, ...context } = outer;
  return commands.map((command) => ({ ...context, ...command }));
}
