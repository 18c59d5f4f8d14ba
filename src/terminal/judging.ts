import { commandJudge, type Judge, type Lent, type Whereabouts } from "../core/command/judge.ts";
import { type SafeCommand, safeCommand } from "../core/command/safe.ts";
import type { Typed } from "../core/command/typed.ts";
import { defaultConfig } from "../core/config.ts";
import type { JudgedLaunch } from "../core/lint.ts";
import { cmdCommands } from "../core/sources/cmd/commands.ts";
import { fishCommands } from "../core/sources/fish/commands.ts";
import { powershellCommands } from "../core/sources/powershell/commands.ts";
import { type Files, folderFiles } from "../editor/files.ts";
import type { Linter } from "../editor/linter.ts";
import { latePython } from "./late-python.ts";
import type { Started } from "./started.ts";

/** A command with the files that were read for it. */
export type Judged = {
  readonly launches: readonly JudgedLaunch[];
  readonly files: Files;
  /** The same command made safe, with the files that have to change for that; see `safeCommand`. */
  safe(): SafeCommand | undefined;
};

/** Judges commands as they start; `undefined` for those that are of no interest, which is found out at once. */
export type Judging = (started: Pick<Started, "typed" | "folder">) => Promise<Judged> | undefined;

export function judging(lent: Lent, linter: Pick<Linter, "projectOf">): Judging {
  const python = latePython();
  const dialects = { cmd: cmdCommands, fish: fishCommands, powershell: powershellCommands };
  const judge = commandJudge(lent, { ...dialects, python: python.read });
  return ({ typed, folder }) => {
    const project = linter.projectOf(folder);
    const config = project?.configuration().config ?? defaultConfig;
    if (!judge.isOfInterest(typed, config)) return undefined;
    const files = folderFiles(folder.with({ path: "/" }), () => undefined);
    const pathOf = (path: string) => project?.files.pathOf(files.uriOf(path)) ?? path;
    const where: Whereabouts = { read: files.read, config, pathOf };
    const mayChange = (path: string) => project?.isLeftOut(pathOf(path)) !== true;
    const isReady = async () => {
      const loading = files.isLoading() || python.isLoading();
      await Promise.all([files.loaded(), python.loaded()]);
      return !loading;
    };
    return judged(judge, typed, { where, files, mayChange, isReady });
  };
}

/** A command leads from file to file, this far: compose file, Dockerfile, script, what that calls. */
const mostReadings = 6;

type Reading = {
  readonly where: Whereabouts;
  readonly files: Files;
  mayChange(path: string): boolean;
  /** Settles when all that was asked for is there; answers whether it was there already. */
  isReady(): Promise<boolean>;
};

/** What is asked for is fetched and the command read anew, until it asks for nothing new. */
async function judged(judge: Judge, typed: Typed, { where, files, mayChange, isReady }: Reading): Promise<Judged> {
  let launches = judge.judge(typed, where);
  for (let reading = 1; reading < mostReadings && !(await isReady()); reading++) launches = judge.judge(typed, where);
  return { launches, files, safe: () => safeCommand(typed, judge, where, mayChange) };
}
