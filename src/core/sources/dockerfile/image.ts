import type { Files } from "../../invocation.ts";
import type { Mapped } from "../../mapped.ts";
import { folderOf } from "../../paths.ts";
import { userFact } from "../../user.ts";
import type { BuiltImage } from "../container.ts";
import type { Workspace } from "../source.ts";
import { type Context, findInImage } from "./copies.ts";
import { placeOf, readDockerfile } from "./instructions.ts";
import type { Stage } from "./stage.ts";
import { findStage, readStages } from "./stages.ts";

/** How an image is built. */
export type BuildOptions = {
  /** A stage's name or number; the last stage by default. */
  readonly target?: string;
  /** Build arguments given from outside. */
  readonly args?: ReadonlyMap<string, string>;
  /** The folder that COPY takes files from; the Dockerfile's own by default. */
  readonly context?: string;
};

/** Above this a Dockerfile is not read. */
export const maxLength = 1_000_000;

/** What the image built from a Dockerfile starts. */
export function builtImage(path: string, options: BuildOptions, workspace: Workspace): BuiltImage | undefined {
  const text = workspace.read(path);
  if (text === undefined || text.length > maxLength) return undefined;
  const stages = readStages(readDockerfile(path, text), options.args);
  const stage = options.target === undefined ? stages.at(-1) : findStage(stages, options.target);
  return stage && imageOf(stage, { folder: options.context ?? folderOf(path), workspace });
}

/** What the image of a stage starts. */
export function imageOf(stage: Stage, context: Context): BuiltImage {
  const { base, entrypoint, command, env } = stage;
  return {
    ...(base && { base }),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    env,
    user: userFact(stage.user),
    files: filesOf(stage, context),
    scripts: scriptsOf(stage, context),
    at: placeOf(stage.file, (stage.start ?? stage.from).at),
  };
}

function filesOf(stage: Stage, context: Context): Files {
  return (path) => {
    const found = findInImage(stage, path, context);
    return found && "path" in found ? found.path : undefined;
  };
}

function scriptsOf(stage: Stage, context: Context): (path: string) => Mapped | undefined {
  return (path) => {
    const found = findInImage(stage, path, context);
    return found && "script" in found ? found.script : undefined;
  };
}
