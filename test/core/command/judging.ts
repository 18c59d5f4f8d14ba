import { commandJudge, type Whereabouts } from "../../../src/core/command/judge.ts";
import { safeCommand } from "../../../src/core/command/safe.ts";
import type { ShellName, Typed } from "../../../src/core/command/typed.ts";
import { type Config, defaultConfig } from "../../../src/core/config.ts";
import { commandTests, type JudgedLaunch, judgeCommands } from "../../../src/core/lint.ts";
import { cmdCommands } from "../../../src/core/sources/cmd/commands.ts";
import { composeUp } from "../../../src/core/sources/compose/up.ts";
import { fishCommands } from "../../../src/core/sources/fish/commands.ts";
import { powershellCommands } from "../../../src/core/sources/powershell/commands.ts";
import { pythonCommands } from "../../../src/core/sources/python/python.ts";
import { shellCommands } from "../../../src/core/sources/shell/commands.ts";

/** The judge of commands as the editor puts it together. */
export const judge = commandJudge(
  { judgeCommands, commandTests, shellCommands, composeUp },
  { cmd: cmdCommands, fish: fishCommands, powershell: powershellCommands, python: pythonCommands },
);

/** Where a command is typed: what its folder and those around it hold, by absolute path. */
export type Typing = {
  readonly files?: Readonly<Record<string, string>>;
  readonly shell?: ShellName;
  readonly on?: Typed["on"];
  readonly config?: Partial<Config>;
  readonly env?: Readonly<Record<string, string>>;
};

export const folder = "/home/ada/project";

export function typed(text: string, { shell = "posix", on = "host", env = {} }: Typing = {}): Typed {
  return { text, shell, folder, on, env };
}

function whereabouts({ files = {}, config = {} }: Typing): Whereabouts {
  return {
    read: (path) => files[path],
    config: { ...defaultConfig, ...config },
    pathOf: (path) => path.replace(`${folder}/`, ""),
  };
}

export function launches(text: string, typing: Typing = {}): JudgedLaunch[] {
  return judge.judge(typed(text, typing), whereabouts(typing));
}

/** `error public-bind`, `warning run-as-root`: what is said of all launches of a command. */
export function said(text: string, typing: Typing = {}): string[] {
  return launches(text, typing).flatMap(({ findings }) => findings.map(({ severity, rule }) => `${severity} ${rule}`));
}

/** The safe line, and the files that change for it. */
export function madeSafe(text: string, typing: Typing = {}) {
  const safe = safeCommand(typed(text, typing), judge, whereabouts(typing), () => true);
  return safe && { text: safe.text, files: Object.fromEntries(safe.files) };
}
