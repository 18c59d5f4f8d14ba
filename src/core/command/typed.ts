import type { Invocation, Variable } from "../invocation.ts";
import { mappedText } from "../mapped.ts";
import { pathFrom } from "../paths.ts";
import { programOf } from "../program.ts";
import type { ReadShell } from "../sources/shell/commands.ts";
import type { Workspace } from "../sources/source.ts";
import { literal, noSlot } from "../word.ts";
import { withoutTails } from "./tails.ts";

/** The families of shells whose commands are read, each with its own quoting. */
export const shellNames = ["posix", "fish", "powershell", "cmd"] as const;
export type ShellName = (typeof shellNames)[number];

/** A command as somebody typed it, or as a task or a debugger runs it. */
export type Typed = {
  readonly text: string;
  readonly shell: ShellName;
  /** The folder that it runs in: a path with `/` that begins with one. */
  readonly folder: string;
  /** A machine of its own, or a container such as that of Dev Containers, whose ports something else publishes. */
  readonly on: "host" | "container";
  /** Variables that it is given beside those of its shell, as a task or a debugger does. */
  readonly env: Readonly<Record<string, string>>;
};

/** The name of the typed text among the paths of places; no file has it. */
export const typedPath = "terminal:";

/** Everything that a typed command starts, wherever `cd` has led before it. `starts` spares what starts nothing. */
export function typedInvocations(
  { text, shell, folder, on, env }: Typed,
  readers: Readonly<Record<ShellName, ReadShell>>,
  starts: NonNullable<Workspace["starts"]>,
): Invocation[] {
  const scope = { env: new Map(Object.entries(env).map(given)), parameters: [], depth: 0, starts };
  const { commands } = readers[shell](mappedText(typedPath, withoutTails(text)), scope);
  const runs: Invocation["runs"] = { on, publishes: on === "container" ? "unknown" : [] };
  let current = folder;
  return commands.map((command) => {
    const here = current;
    current = folderAfter(command.words, here);
    const files = (path: string) => resolved(here, path);
    return { ...command, user: { value: "unknown", via: [] }, runs, files, because: [] };
  });
}

/** A variable that is written somewhere else: it counts, and nothing here can change it. */
function given([name, text]: [string, string]): [string, Variable] {
  const at = { path: typedPath, start: 0, end: 0 };
  return [name, { name, value: { pieces: [{ text, at }], at, edit: noSlot }, at }];
}

/** `cd docker && docker compose up`; where it leads to is only followed as far as it is written. */
function folderAfter(words: Invocation["words"], folder: string): string {
  const [program, target] = words;
  if (!changesFolder.has(programOf(program) ?? "")) return folder;
  const path = literal(target);
  return path === undefined ? folder : (resolved(folder, path) ?? folder);
}

/** Those of the Windows shells, which take them in any case, are written as these come from their reader. */
export const changesFolder: ReadonlySet<string> = new Set(["cd", "pushd", "chdir", "set-location", "sl"]);

/** A path as seen from a folder, with `/`; nothing for one in somebody's home, which only a shell can name. */
function resolved(folder: string, path: string): string | undefined {
  const plain = path.replaceAll("\\", "/");
  return plain.startsWith("/") ? pathFrom("/", plain.slice(1)) : pathFrom(folder, plain);
}
