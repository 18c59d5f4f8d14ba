import { isPython } from "./facts/match.ts";
import type { Tool } from "./tools/tool.ts";
import { launcherNames } from "./unwrap/unwrap.ts";

/**
 * Tells by a program's base name whether it may start a tool: it is one, or it starts what is named behind it. Most of
 * what a script runs is neither, and need not be read word by word.
 */
export function starterTest(tools: readonly Tool[]): (program: string, command: string) => boolean {
  const programs = new Set([
    ...tools.flatMap(({ commands }) => commands.map((command) => command.split(" ", 1)[0] ?? "")),
    ...launcherNames,
  ]);
  // Python starts a tool as a module only.
  return (program, command) => (isPython(program) ? /\s-\w*m/.test(command) : programs.has(program));
}
