import { type Severity, severities } from "../core/severity.ts";
import { readArguments, usage } from "./arguments.ts";

export const formats = ["text", "json"] as const;
export type Format = (typeof formats)[number];

/** `fix` writes files; `diff` says what it would write. */
export type Action = "report" | "fix" | "diff";

export type ScanOptions = {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly failOn: Severity;
  readonly action: Action;
  readonly stdinFilename: string;
};

export type Command = "help" | "version" | ScanOptions;

const known = {
  format: { type: "string" },
  "fail-on": { type: "string" },
  fix: { type: "boolean" },
  diff: { type: "boolean" },
  "stdin-filename": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** Standard input, where a path is expected. */
export const stdin = "-";

/** The commands that speak to hosts; they come first on the command line and have options of their own. */
const tunnelCommands = ["hosts", "tunnel", "start", "list", "stop", "token", "audit"] as const;
export type TunnelCommandName = (typeof tunnelCommands)[number];

export function isTunnelCommand(name: string): name is TunnelCommandName {
  return tunnelCommands.some((each) => each === name);
}

/** What the arguments ask for; throws a `CliError` that names the one that is wrong. */
export function readOptions(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(
    argv,
    known,
    (name) => Object.hasOwn(known, name),
    (typed) => `There is no option ${typed}`,
  );
  if (values["help"]) return "help";
  if (values["version"]) return "version";

  const [command, ...paths] = positionals;
  if (command === undefined) throw usage("Say what to do: launch-guard scan");
  if (isTunnelCommand(command)) throw usage(`${command} comes first: launch-guard ${command} …`);
  if (command !== "scan") throw usage(`There is no command “${command}”. Did you mean: launch-guard scan ${command}`);

  const format = choice("format", values["format"] ?? "text", formats);
  const failOn = choice("fail-on", values["fail-on"] ?? "warning", severities);
  const action = actionOf(values["fix"] === true, values["diff"] === true);
  if (action === "diff" && format === "json") throw usage("--diff prints a diff, so it cannot go with --format json");
  checkStdin(paths, action, values["stdin-filename"] !== undefined);
  return {
    paths: paths.length > 0 ? paths : ["."],
    format,
    failOn,
    action,
    stdinFilename: String(values["stdin-filename"] ?? "stdin.sh"),
  };
}

/** A diff is what `--fix` would do, so the two together are a diff. */
function actionOf(fix: boolean, diff: boolean): Action {
  if (diff) return "diff";
  return fix ? "fix" : "report";
}

function choice<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw usage(`--${name} is ${allowed.join(" or ")}, not “${value}”`);
  return found;
}

function checkStdin(paths: readonly string[], action: Action, named: boolean): void {
  const given = paths.includes(stdin);
  if (named && !given) throw usage("--stdin-filename goes with the path -, which reads standard input");
  if (!given) return;
  if (paths.length > 1) throw usage("- reads standard input and cannot be mixed with other paths");
  if (action === "fix") throw usage("--fix cannot write to standard input; --diff prints what it would change");
}
