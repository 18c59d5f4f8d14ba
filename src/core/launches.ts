import { launchesByPort } from "./facts/by-port.ts";
import { launchReader } from "./facts/read.ts";
import { type Invocation, mostWords } from "./invocation.ts";
import type { Launch } from "./launch.ts";
import { sources } from "./sources/index.ts";
import type { Opened, Source, Workspace } from "./sources/source.ts";
import { placeKey } from "./text.ts";
import type { Tool } from "./tools/tool.ts";
import { unwrap } from "./unwrap/unwrap.ts";

/** A file that the engine reads, and the source that reads it. */
export type ReadableFile = { readonly source: Source; readonly text: string; readonly opened: Opened };

export function sourceOf(path: string, text: string): Source | undefined {
  return sources.find((source) => source.accepts(path, text));
}

/** Opens a file, or answers `undefined` for one that is not there or not of a kind that launches something. */
export function openFile(path: string, workspace: Workspace): ReadableFile | undefined {
  const text = workspace.read(path);
  if (text === undefined) return undefined;
  const source = sourceOf(path, text);
  return source && { source, text, opened: source.open({ path, text }, workspace) };
}

export type LaunchFinder = {
  /** What commands start, with the places of all files that take part. */
  launchesIn(invocations: readonly Invocation[], workspace: Workspace): Launch[];
  /**
   * The launches that `path` takes part in: its own, and those of the files that lead to it. A launch of its own that
   * another file starts (the script that an image runs, the command of an image that compose builds) is judged there.
   */
  launchesOf(path: string, file: Opened, workspace: Workspace): Launch[];
};

/** Finds launches; made once for a list of tools. */
export function launchFinder(tools: readonly Tool[]): LaunchFinder {
  const read = launchReader(tools);

  function launchesIn(invocations: readonly Invocation[], workspace: Workspace): Launch[] {
    return invocations.flatMap((whole) => {
      const invocation = isTooLong(whole) ? { ...whole, words: whole.words.slice(0, mostWords) } : whole;
      const commands = unwrap(invocation, { workspace, tools });
      const launches = commands.flatMap((command) => read(command) ?? []);
      return [...launches, ...hints(invocation, commands, launches)];
    });
  }

  /** What the ports of the containers tell that an invocation starts: the invocation itself, or what is inside of it. */
  function hints(outer: Invocation, commands: readonly Invocation[], launches: readonly Launch[]): Launch[] {
    const containers = new Map([outer, ...commands].map((command) => [command.runs.publishes, command]));
    return [...containers.values()].flatMap((container) => {
      const inside = launches.filter(({ runs }) => runs.publishes === container.runs.publishes);
      return launchesByPort(container, inside, tools);
    });
  }

  function launchesOf(path: string, file: Opened, workspace: Workspace, seen: ReadonlySet<string>): Launch[] {
    const from = workspace.referrers(path).filter((referrer) => !seen.has(referrer));
    const judged = from.flatMap((referrer) => {
      const other = openFile(referrer, workspace);
      return other ? launchesOf(referrer, other.opened, workspace, new Set([...seen, referrer])) : [];
    });
    const started = new Set(judged.map(startKey));
    const own = launchesIn(file.invocations(), workspace).filter((launch) => !started.has(startKey(launch)));
    return [...own, ...judged];
  }

  return { launchesIn, launchesOf: (path, file, workspace) => launchesOf(path, file, workspace, new Set([path])) };
}

/** Whether a command has more words than are read. */
export function isTooLong({ words }: Invocation): boolean {
  return words.length > mostWords;
}

/** Equal for launches of the same command in the same file. */
function startKey({ tool, command }: Launch): string {
  return `${tool.id} ${placeKey(command.at)}`;
}
