import { launchReader } from "./facts/read.ts";
import type { Bind, Invocation } from "./invocation.ts";
import type { BindUse, Endpoint, Launch, SettingUse } from "./launch.ts";
import { type Message, message } from "./message.ts";
import type { RuleId } from "./rule-ids.ts";
import { rules } from "./rules/index.ts";
import type { Problem } from "./rules/rule.ts";
import type { Place } from "./text.ts";
import { tools } from "./tools/index.ts";
import type { Tool } from "./tools/tool.ts";
import { noSlot, type Word } from "./word.ts";

/** What is seen of a server that runs: more than its command line can tell, and what counts where the two differ. */
export type Observed = {
  /** Command lines that it may have been started by, the likeliest first, each with its program first. */
  readonly commands: readonly (readonly string[])[];
  readonly bind: Bind | "unknown";
  readonly auth: "on" | "off" | "none" | "unknown";
  readonly port?: number;
};

/** What a rule says of a running server. No message holds a value of its command line. */
export type Judgement = Pick<Problem, "severity" | "message" | "why" | "reference"> & { readonly rule: RuleId };

/**
 * Judges a server of `tool` that runs on a machine, by the rules that judge its start in a file. Its settings come from
 * the first of its command lines that starts the tool, or one of its family (`mlflow-models` of `mlflow`).
 */
export function judge(tool: Tool, observed: Observed): Judgement[] {
  const started = observed.commands.map(launchOf).find((launch) => launch?.tool.id.startsWith(tool.id));
  const launch = asObserved(started ?? unseen(tool), observed);
  const judgements = rules.flatMap((rule) =>
    rule.check(launch).map(
      ({ severity, message: says, why, reference }): Judgement => ({
        rule: rule.id,
        severity,
        message: says,
        why: [message(rule.why), ...why],
        ...(reference !== undefined && { reference }),
      }),
    ),
  );
  return distinct(judgements);
}

const read = launchReader(tools);

function launchOf(command: readonly string[]): Launch | undefined {
  return read(invocationOf(command));
}

/** Of a server whose command line cannot be seen, only its tool is known, and what that does unless it is told. */
function unseen(tool: Tool): Launch {
  return {
    ...invocationOf([]),
    tool,
    command: wordAt(tool.id, 0),
    endpoints: [],
    auth: { value: tool.auth.default, via: [] },
    authUses: [],
    settings: new Map(),
    overruled: new Map(),
    detached: false,
    dropsRoot: false,
    knownBy: "command",
  };
}

function invocationOf(command: readonly string[]): Invocation {
  return {
    words: wordsOf(command),
    env: new Map(),
    at: { path: "", start: 0, end: command.join(" ").length },
    // Whoever runs it, nobody wrote that down.
    user: { value: "unknown", via: [] },
    runs: { on: "host", publishes: [] },
    because: [],
  };
}

/** Words as they would stand in a line, so that each has a place of its own. */
function wordsOf(command: readonly string[]): Word[] {
  let start = 0;
  return command.map((text) => {
    const word = wordAt(text, start);
    start = word.at.end + 1;
    return word;
  });
}

function wordAt(text: string, start: number): Word {
  const at: Place = { path: "", start, end: start + text.length };
  return { pieces: [{ text, at }], at, edit: noSlot };
}

/** The launch as it has turned out: on the address and with the login that were seen. */
function asObserved(launch: Launch, { bind, auth, port }: Observed): Launch {
  const seen = auth === "unknown" ? launch.auth.value : auth;
  return {
    ...launch,
    endpoints: [endpointOf(launch, bind, port)],
    auth: { value: seen, via: [] },
    authUses: seen !== "off" ? [] : launch.authUses.length > 0 ? launch.authUses : [elsewhere(launch)],
  };
}

/** The endpoint that was seen; what else the tool would open is not what was looked at. */
function endpointOf(launch: Launch, bind: Observed["bind"], port: number | undefined): Endpoint {
  const mains = launch.endpoints.filter(({ role }) => role === "main");
  const told = mains.find(({ ports }) => ports.some((each) => each?.from === port)) ?? mains[0];
  const boundBy = told?.bind.value === bind && told.boundBy.length > 0 ? told.boundBy : [boundElsewhere(launch)];
  return {
    ...(told?.what !== undefined && { what: told.what }),
    role: "main",
    bind: { value: bind, via: [] },
    boundBy,
    loopback: () => undefined,
    addLoopback: () => undefined,
    ports: port === undefined ? [] : [{ from: port, to: port }],
    defaultPort: false,
  };
}

function boundElsewhere(launch: Launch): BindUse {
  return { use: elsewhere(launch), at: launch.command.at };
}

/** Stands for a setting that the command line does not show: it is in a file, a variable, or the program's own code. */
function elsewhere({ tool, command }: Launch): SettingUse {
  return {
    setting: { name: "elsewhere", reference: tool.reference },
    from: "option",
    name: "",
    text: undefined,
    at: command.at,
    via: [],
    remove: () => undefined,
    replace: () => undefined,
  };
}

/** The same sentence about two words of one command is said once. */
function distinct(judgements: readonly Judgement[]): Judgement[] {
  const key = ({ rule, message: { template } }: { rule: RuleId; message: Message }) => `${rule} ${template}`;
  return [...new Map(judgements.toReversed().map((each) => [key(each), each])).values()].toReversed();
}
