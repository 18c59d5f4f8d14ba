import { type Startable, startable } from "../../tunnel/launcher/started.ts";
import type { EngineName } from "../../tunnel/link.ts";
import { readArguments, usage } from "../arguments.ts";
import type { TunnelCommandName } from "../options.ts";
import { readPort, readTo, type To } from "./to.ts";

export type CommandName = TunnelCommandName;

/** What every command can be told. */
export type Common = {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly sshConfig?: string;
  readonly engine?: EngineName;
  readonly acceptKeys: readonly string[];
};

type WithHost = Common & { readonly host: string };
export type TunnelOptions = WithHost & { readonly to?: To; readonly local?: number };
export type StartOptions = WithHost & {
  readonly kind: Startable;
  readonly folder?: string;
  readonly socket: boolean;
  readonly program?: string;
  readonly local?: number;
};

export type TunnelCommand =
  | ({ readonly command: "hosts" } & Common)
  | ({ readonly command: "tunnel" } & TunnelOptions)
  | ({ readonly command: "start" } & StartOptions)
  | ({ readonly command: "list" } & WithHost)
  | ({ readonly command: "audit" } & WithHost)
  | ({ readonly command: "stop" } & WithHost & { readonly server: string })
  | ({ readonly command: "token" } & WithHost & { readonly server: string })
  | { readonly command: "help" };

const known = {
  json: { type: "boolean" },
  verbose: { type: "boolean" },
  "ssh-config": { type: "string" },
  engine: { type: "string" },
  "accept-key": { type: "string", multiple: true },
  to: { type: "string" },
  local: { type: "string" },
  dir: { type: "string" },
  socket: { type: "boolean" },
  program: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

type OptionName = keyof typeof known;

const everywhere: readonly OptionName[] = ["json", "verbose", "ssh-config", "help"];
const connecting: readonly OptionName[] = [...everywhere, "engine", "accept-key"];

/** The operands and the options of each command. */
const grammar: Record<CommandName, { readonly operands: readonly string[]; readonly options: readonly OptionName[] }> =
  {
    hosts: { operands: [], options: everywhere },
    tunnel: { operands: ["HOST"], options: [...connecting, "to", "local"] },
    start: { operands: ["HOST", startable.join("|")], options: [...connecting, "dir", "socket", "program", "local"] },
    list: { operands: ["HOST"], options: connecting },
    stop: { operands: ["HOST", "NAME"], options: connecting },
    token: { operands: ["HOST", "NAME"], options: connecting },
    audit: { operands: ["HOST"], options: connecting },
  };

/** What the arguments after the command's name ask for; throws a `CliError` that names the one that is wrong. */
export function readTunnelOptions(command: CommandName, argv: readonly string[]): TunnelCommand {
  const accepted: readonly string[] = grammar[command].options;
  const { values, positionals } = readArguments(
    argv,
    known,
    (name) => accepted.includes(name),
    (typed) => `launch-guard ${command} has no option ${typed}`,
  );
  if (values["help"]) return { command: "help" };
  checkOperands(command, positionals);

  const [host = "", second = ""] = positionals;
  const text = (name: OptionName) => (typeof values[name] === "string" ? values[name] : undefined);
  const common = commonOf(text, values["json"] === true, values["verbose"] === true, [values["accept-key"]].flat());
  const local = optional("local", text("local"), (port) => readPort("--local", port));
  if (command === "hosts") return { command, ...common };
  if (command === "tunnel") return { command, host, ...common, ...local, ...optional("to", text("to"), readTo) };
  if (command === "stop" || command === "token") return { command, host, server: second, ...common };
  if (command !== "start") return { command, host, ...common };
  const folder = optional("folder", text("dir"), (path) => path);
  const program = optional("program", text("program"), (path) => path);
  return {
    command,
    host,
    kind: kindOf(second),
    socket: socketOf(second, values["socket"]),
    ...common,
    ...local,
    ...folder,
    ...program,
  };
}

function commonOf(
  text: (name: OptionName) => string | undefined,
  json: boolean,
  verbose: boolean,
  keys: readonly unknown[],
): Common {
  return {
    json,
    verbose,
    acceptKeys: keys.filter((key) => typeof key === "string").map(readFingerprint),
    ...optional("sshConfig", text("ssh-config"), (file) => file),
    ...optional("engine", text("engine"), readEngine),
  };
}

function optional<K extends string, T>(name: K, text: string | undefined, read: (text: string) => T) {
  // The computed name is K, which the compiler widens to `string`.
  return (text === undefined ? {} : { [name]: read(text) }) as { readonly [key in K]?: T };
}

function checkOperands(command: CommandName, given: readonly string[]): void {
  const { operands } = grammar[command];
  const missing = operands[given.length];
  if (missing) throw usage(`${missing} is missing: launch-guard ${[command, ...operands].join(" ")}`);
  const extra = given[operands.length];
  if (extra !== undefined) throw usage(`“${extra}” is one too many: launch-guard ${[command, ...operands].join(" ")}`);
}

function kindOf(text: string): Startable {
  const kind = startable.find((each) => each === text);
  if (!kind) throw usage(`“${text}” cannot be started; ${startable.join(", ")} can`);
  return kind;
}

function socketOf(kind: string, given: unknown): boolean {
  if (given === true && kind !== "jupyter") throw usage("--socket goes with jupyter; the others cannot listen on one");
  return given === true;
}

function readEngine(text: string): EngineName {
  if (text !== "ssh2" && text !== "openssh") throw usage(`--engine is ssh2 or openssh, not “${text}”`);
  return text;
}

/** 32 bytes in base64, as `ssh-keygen -l` prints them. */
function readFingerprint(text: string): string {
  if (!/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(text))
    throw usage(`--accept-key ${text}: a fingerprint is SHA256:… as ssh-keygen -l prints it`);
  return text.replace(/=$/, "");
}
