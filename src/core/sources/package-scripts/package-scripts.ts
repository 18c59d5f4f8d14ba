import type { Env, Variable } from "../../invocation.ts";
import { mappedPieces } from "../../mapped.ts";
import type { Place } from "../../text.ts";
import { insertable, type Piece, type Word } from "../../word.ts";
import { deepestCall, inBackgroundOf, isAskedFor, leavesFolder, mostCalls, startsOr } from "../followed.ts";
import type { ReadShell, Scope, ShellCommand, ShellCommands } from "../shell/commands.ts";
import type { Limit, SourceFile } from "../source.ts";
import { packageManagers, scriptCall } from "./call.ts";
import { type Entry, entriesOf, stringPieces } from "./json.ts";

/**
 * The commands of a script of package.json, with the ones that run before and behind it (`preserve`, `postserve`). `args`
 * are put behind the script's own words. A script that runs another of the same file leads there. Never throws.
 * Source: docs.npmjs.com/cli/using-npm/scripts and docs.npmjs.com/cli/commands/npm-run.
 */
export function packageScripts(
  file: SourceFile,
  name: string,
  args: readonly Word[],
  shell: ReadShell,
  scope: Scope,
): ShellCommands {
  const { path, text } = file;
  const limits: Limit[] = [];
  const commands: ShellCommand[] = [];
  if (text.length > largest) return { commands, limits: [{ at: { path, start: 0, end: 0 }, what: "size" }] };
  const entries = entriesOf(text);
  const scripts = entries.get("scripts") ?? new Map<string, Entry>();
  const env = new Map([...scope.env, ...configured(file, entries.get("config"))]);
  run(name, args, { file, scripts, shell, scope: { ...scope, env }, commands, limits, left: { calls: mostCalls } });
  return { commands, limits };
}

const largest = 1_000_000;

type Running = {
  readonly file: SourceFile;
  readonly scripts: ReadonlyMap<string, Entry>;
  readonly shell: ReadShell;
  readonly scope: Scope;
  readonly commands: ShellCommand[];
  readonly limits: Limit[];
  readonly left: { calls: number };
};

function run(name: string, args: readonly Word[], running: Running): void {
  const { scripts } = running;
  for (const each of order(name, scripts)) {
    const entry = scripts.get(each);
    // Only the script itself gets the arguments.
    if (entry) runScript(entry, each === name ? args : [], running);
  }
}

/** What runs for a script. `restart` need not be written. Source: docs.npmjs.com/cli/using-npm/scripts, Life Cycle. */
function order(name: string, scripts: Running["scripts"]): string[] {
  const withHooks = (script: string) => [`pre${script}`, script, `post${script}`];
  if (scripts.has(name)) return withHooks(name);
  return name === "restart" ? ["prerestart", ...withHooks("stop"), ...withHooks("start"), "postrestart"] : [];
}

function runScript(entry: Entry, args: readonly Word[], running: Running): void {
  const { file, shell, scope, limits } = running;
  const { path } = file;
  const end: Place = { path, start: entry.end - 1, end: entry.end - 1 };
  const given: readonly Piece[] = args.length > 0 ? [{ text: ' "$@"', at: end }] : [];
  const script = mappedPieces([...stringPieces(file, entry), ...given]);
  const at: Place = { path, start: entry.start, end: entry.end };
  const depth = scope.depth + 1;
  const found = shell(script, { ...scope, parameters: args, depth, at, ...startsOr(packageManagers, scope) });
  limits.push(...found.limits);
  const leaves = leavesFolder(script.text);
  for (const command of found.commands) follow(command, leaves, running);
}

/** A command of a script; one that runs another script of the file is what that starts. */
function follow(command: ShellCommand, leaves: boolean, running: Running): void {
  const { commands, scripts, scope, left } = running;
  const call = leaves ? undefined : scriptCall(command.words);
  if (!call || call.elsewhere || !scripts.has(call.name)) {
    if (isAskedFor(command, packageManagers, scope)) commands.push(command);
    return;
  }
  if (left.calls <= 0 || scope.depth >= deepestCall) return;
  left.calls--;
  const inner: ShellCommand[] = [];
  const innerScope = { ...scope, env: command.env, depth: scope.depth + 1 };
  run(call.name, call.args, { ...running, scope: innerScope, commands: inner });
  commands.push(...inBackgroundOf(command, inner));
}

/** `{"config": {"port": "8080"}}` is `$npm_package_config_port`. Source: docs.npmjs.com/cli/configuring-npm/package-json */
function configured(file: SourceFile, config: ReadonlyMap<string, Entry> | undefined): Env {
  return new Map(
    [...(config ?? [])].map(([key, entry]): [string, Variable] => {
      const name = `npm_package_config_${key}`;
      const pieces = stringPieces(file, entry);
      const at: Place = { path: file.path, start: entry.start, end: entry.end };
      const isString = file.text[entry.start] === '"';
      const inner = isString ? { ...at, start: at.start + 1, end: at.end - 1 } : at;
      const edit = {
        replace: (text: string) =>
          insertable(text) && (isString || /^[1-9]\d*$/.test(text)) ? [{ ...inner, text }] : undefined,
        remove: () => undefined,
        after: () => undefined,
      };
      return [name, { name, value: { pieces: pieces.length > 0 ? pieces : [{ text: "", at: inner }], at, edit }, at }];
    }),
  );
}
