import { withImageCommand } from "../facts/image.ts";
import type { Invocation } from "../invocation.ts";
import { mappedText, mappedWord } from "../mapped.ts";
import { readOptions } from "../options.ts";
import { programOf } from "../program.ts";
import { inContainer } from "../sources/container.ts";
import { isShellScript, scriptInvocations } from "../sources/shell/script.ts";
import type { Workspace } from "../sources/source.ts";
import type { Tool } from "../tools/tool.ts";
import { isKnown, literal, spelled, type Word } from "../word.ts";
import { containerPrograms, containerRun } from "./container-run.ts";
import { joinedScript } from "./joined.ts";
import { remoteRun } from "./remote.ts";
import { terminalRun } from "./terminal-run.ts";
import { unwrapOnce } from "./wrapper.ts";
import { shells, wrappers } from "./wrappers.ts";

/** What looking through a command needs to know. */
export type Surroundings = { readonly workspace: Pick<Workspace, "read" | "follow">; readonly tools: readonly Tool[] };

/** Deep enough for any launch that a person wrote; a file that goes deeper is not followed further. */
const deepest = 12;

/**
 * The commands that really run behind wrappers: `sudo`, `nohup`, `bash -c "…"`, `docker run IMAGE …`, a script that an
 * image runs. Each keeps the places of its words. A command that is none of these is returned as it is.
 */
export function unwrap(invocation: Invocation, surroundings: Surroundings, depth = 0): Invocation[] {
  if (depth > deepest) return [];
  const current = withImageCommand(invocation, surroundings.tools);
  const program = programOf(current.words[0]);
  if (program === undefined) return behindUnknown(current).flatMap((next) => unwrap(next, surroundings, depth + 1));
  const inner = step(current, program, surroundings);
  if (!inner) return [current];
  const started = inner.flatMap((next) => unwrap(next, surroundings, depth + 1));
  // ssh does both: it forwards ports here and runs a command there.
  return program === "ssh" ? [current, ...started] : started;
}

/**
 * The command behind a first word that only running it can tell: `$SUDO jupyter lab` may be `jupyter lab`, and what
 * stands before `-m MODULE` is Python.
 */
function behindUnknown(current: Invocation): Invocation[] {
  const [first, second] = current.words;
  if (!first || !second || isKnown(first.pieces[0] ?? { text: "" }) || first.pieces.length > 1) return [];
  if (literal(second) !== "-m") return [{ ...current, words: current.words.slice(1) }];
  const python: Word = { ...first, pieces: [{ text: "python" }] };
  return [{ ...current, words: [python, ...current.words.slice(1)] }];
}

/** What one program starts; `undefined` where it starts nothing else. */
type Launcher = (current: Invocation, program: string, surroundings: Surroundings) => Invocation[] | undefined;

const launchers: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  ...Object.entries(wrappers).map(([name, wrapper]): [string, Launcher] => [
    name,
    (current) => unwrapOnce(current, wrapper),
  ]),
  ...[...shells].map((name): [string, Launcher] => [name, shellRun]),
  ...[...containerPrograms].map((name): [string, Launcher] => [name, inContainers]),
  ["eval", (current) => joinedScript(current, current.words.slice(1))],
  ["screen", terminalRun],
  ["tmux", terminalRun],
  ["ssh", remoteRun],
  ["kubectl", remoteRun],
  ["oc", remoteRun],
]);

/** The programs that start other programs. */
export const launcherNames: ReadonlySet<string> = new Set(launchers.keys());

function step(current: Invocation, program: string, surroundings: Surroundings): readonly Invocation[] | undefined {
  const followed = surroundings.workspace.follow?.(current, program);
  if (followed) return followed;
  const launcher = launchers.get(program);
  if (launcher) return launcher(current, program, surroundings);
  return (
    scriptFile(current, current.words[0], current.words.slice(1), surroundings) ?? throughEntrypoint(current, program)
  );
}

function inContainers(current: Invocation, program: string): Invocation[] {
  const inner = containerRun(current, program);
  return inner ? [inner] : [];
}

/** `bash -c SCRIPT`, `bash FILE`, `bash <<EOF`. */
function shellRun(current: Invocation, _program: string, surroundings: Surroundings): Invocation[] {
  const rest = current.words.slice(1);
  const values = new Set(["-o", "-O", "+o", "+O", "--rcfile", "--init-file"]);
  const { options, taken } = readOptions(rest, { values, plain: new Set(), leading: true });
  const [first, ...parameters] = rest.slice(taken);
  // `-c` takes no value of its own: `bash -c -e SCRIPT` and `bash -lc SCRIPT` both run the first word that is none.
  if (options.some(({ name }) => name === "-c")) {
    return first ? scriptInvocations(mappedWord(first), current, parameters.slice(1)) : [];
  }
  if (first) return scriptFile(current, first, parameters, surroundings) ?? [];
  return current.stdin ? scriptInvocations(current.stdin, current, []) : [];
}

/** The commands of a script that stands in the workspace, run with `parameters`. */
function scriptFile(
  current: Invocation,
  file: Word | undefined,
  parameters: readonly Word[],
  { workspace }: Surroundings,
): Invocation[] | undefined {
  const name = literal(file);
  if (name === undefined) return undefined;
  const written = inContainer(name, current.scripts);
  if (written) return isShellScript(name, written.text) ? scriptInvocations(written, current, parameters) : undefined;
  const path = inContainer(name, current.files);
  const text = path === undefined ? undefined : workspace.read(path);
  if (path === undefined || text === undefined || !isShellScript(path, text)) return undefined;
  return scriptInvocations(mappedText(path, text), current, parameters);
}

/**
 * An entrypoint that cannot be read is taken to end in `exec "$@"`, as the ones of official images do: what follows it
 * is the command.
 */
function throughEntrypoint(current: Invocation, program: string): Invocation[] | undefined {
  const next = current.words[1];
  const passes = current.runs.on === "container" && (program.endsWith(".sh") || program.includes("entrypoint"));
  if (!passes || !next || spelled(next).startsWith("-")) return undefined;
  return [{ ...current, words: current.words.slice(1) }];
}
