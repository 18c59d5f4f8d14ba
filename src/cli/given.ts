import { resolve } from "node:path";
import type { Disk } from "./disk.ts";
import type { Paths } from "./paths.ts";
import { CliError, systemReason } from "./problem.ts";
import { type Reading, readText, textOf } from "./reading.ts";
import type { Root } from "./root.ts";
import { walk } from "./walk.ts";
import type { Engine } from "./world.ts";

/** The files that the user asked about. */
export type Given = {
  /** Their texts, by path in the project. */
  readonly texts: ReadonlyMap<string, string>;
  /** Which files were left out and why, each a sentence for standard error. */
  readonly skipped: readonly string[];
  /** A file that was named could not be read; one that is merely met in a folder is only skipped. */
  readonly failed: boolean;
};

/** The folder that the user is in, and the project around it. */
export type Where = { readonly cwd: string; readonly disk: Disk; readonly root: Root; readonly paths: Paths };

/** Finds and reads the files behind the paths of the command line. */
export function readGiven(named: readonly string[], engine: Engine, where: Where): Given {
  const { disk, root, paths } = where;
  const texts = new Map<string, string>();
  const skipped = new Set<string>();
  let failed = false;

  function skip(path: string, reason: string): void {
    skipped.add(leftOut(paths.shown(paths.inProject(path)), reason));
  }

  /** Whoever names a file hears why it is left out; of a file met in a folder only if it should have been read. */
  function take(path: string, isNamed: boolean): void {
    const inProject = paths.inProject(path);
    const isReadable = engine.isReadable(inProject);
    if (!isReadable && !isNamed && !engine.mayBeReadable(inProject)) return;

    const reading = ours(readText(path, disk), inProject, engine);
    if ("text" in reading) {
      texts.set(inProject, reading.text);
    } else if (isReadable || isNamed) {
      skip(path, reading.refused);
      failed ||= isNamed && reading.failed === true;
    }
  }

  function takeFolder(folder: string): void {
    const onError = (path: string, error: unknown) => skip(path, `cannot be read: ${systemReason(error)}`);
    for (const path of walk(folder, disk, { excludes: root.excludes, onError })) take(path, false);
  }

  for (const { path, isFolder } of present(named, where)) {
    if (root.excludes(path, isFolder)) skip(path, excluded);
    else if (isFolder) takeFolder(path);
    else take(path, true);
  }
  return { texts, skipped: [...skipped], failed };
}

/** Standard input as the file that `filename` says it is. */
export function readStandardInput(bytes: Uint8Array, filename: string, engine: Engine, where: Where): Given {
  const path = resolve(where.cwd, filename);
  const inProject = where.paths.inProject(path);
  const reading = where.root.excludes(path, false) ? { refused: excluded } : ours(textOf(bytes), inProject, engine);
  if ("text" in reading) return { texts: new Map([[inProject, reading.text]]), skipped: [], failed: false };
  return { texts: new Map(), skipped: [leftOut(filename, reading.refused)], failed: false };
}

/** Refuses text of a kind that the engine does not read. */
function ours(reading: Reading, inProject: string, engine: Engine): Reading {
  if ("refused" in reading || engine.isReadable(inProject, reading.text)) return reading;
  return { refused: "is no kind of file that Launch Guard reads" };
}

const excluded = "is excluded by the configuration";

function leftOut(shown: string, reason: string): string {
  return `${shown} ${reason}; it is skipped`;
}

/** Where each path leads; throws if one leads nowhere, before anything is done about the others. */
function present(named: readonly string[], { cwd, disk }: Where): { path: string; isFolder: boolean }[] {
  const problems: string[] = [];
  const found = named.flatMap((name) => {
    const path = resolve(cwd, name);
    try {
      const kind = disk.look(path)?.kind;
      if (kind) return [{ path, isFolder: kind === "folder" }];
      problems.push(`There is no file or folder ${name}`);
    } catch (error) {
      problems.push(`${name} cannot be read: ${systemReason(error)}`);
    }
    return [];
  });
  if (problems.length > 0) throw new CliError("no-such-path", problems.join("\n"));
  return found;
}
