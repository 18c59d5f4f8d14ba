import type { Bind, Invocation, Ports } from "../invocation.ts";
import type { Endpoint, Launch, SettingUse } from "../launch.ts";
import { splitWords } from "../sources/shell/script.ts";
import type { Edit } from "../text.ts";
import type { BindFormat, EndpointTable, Tool } from "../tools/tool.ts";
import { origin, spelled, type Word } from "../word.ts";
import { type Address, readAddress } from "./address.ts";
import { holds, meeting, type Settings } from "./conditions.ts";
import { matcher } from "./match.ts";
import { readSettings } from "./settings.ts";

/** Turns a command without wrappers into the launch of a known tool, with its facts. Made once for a list of tools. */
export function launchReader(tools: readonly Tool[]): (invocation: Invocation) => Launch | undefined {
  const match = matcher(tools);
  return (invocation) => {
    const found = match(invocation.words);
    const [command] = invocation.words;
    return found && command ? readLaunch(found.tool, found.args, command, invocation) : undefined;
  };
}

function readLaunch(tool: Tool, args: readonly Word[], command: Word, invocation: Invocation): Launch {
  const given = readSettings(tool, [...argumentsFromVariables(tool, invocation), ...args], invocation.env);
  const { settings } = given;
  const auth = readAuth(tool, settings, invocation);
  const last = args.at(-1) ?? invocation.words.at(-1) ?? command;
  return {
    tool,
    at: invocation.at,
    command,
    endpoints: tool.endpoints.flatMap((table) => readEndpoints(table, { tool, settings, invocation, last })),
    ...auth,
    user: invocation.user,
    runs: invocation.runs,
    ...given,
    detached: invocation.background === true || leavesServer(tool, args),
    dropsRoot: invocation.knownImage?.dropsRoot === true,
    knownBy: invocation.byImage ? "image" : "command",
    because: invocation.because,
  };
}

function leavesServer({ leavesServer: leaves }: Tool, args: readonly Word[]): boolean {
  return leaves !== undefined && !args.some((word) => leaves.unless.includes(spelled(word)));
}

/** `NOTEBOOK_ARGS="--ip=0.0.0.0"` stands before the arguments of the command itself. */
function argumentsFromVariables(tool: Tool, { env }: Invocation): Word[] {
  return (tool.argumentVariables ?? []).flatMap((name) => {
    const value = env.get(name)?.value;
    return value ? splitWords(value) : [];
  });
}

function readAuth(tool: Tool, settings: Settings, invocation: Invocation): Pick<Launch, "auth" | "authUses"> {
  const on = tool.auth.on.find((condition) => holds(settings, condition));
  if (on) return { auth: { value: "on", via: [] }, authUses: [] };
  const off = tool.auth.off.flatMap((condition) => meeting(settings, condition));
  const written = off.filter(({ from }) => from !== "image");
  const [first] = written;
  if (first)
    return { auth: { value: "off", ...(first.value && { word: first.value }), via: first.via }, authUses: written };
  const byDefault = invocation.knownImage?.auth ?? tool.auth.default;
  return { auth: { value: off.length > 0 ? "off" : byDefault, via: [] }, authUses: [] };
}

/** What the endpoints of a launch are read from; `last` is the word behind which options can be added. */
type Context = {
  readonly tool: Tool;
  readonly settings: Settings;
  readonly invocation: Invocation;
  readonly last: Word;
};

/** The endpoints of one row: one, or one for each value of a setting that opens them. */
function readEndpoints(table: EndpointTable, context: Context): Endpoint[] {
  const { settings } = context;
  if (table.only && !table.only.every((condition) => holds(settings, condition))) return [];
  const { each } = table;
  if (each === undefined) return [readEndpoint(table, context)];
  return (settings.get(each) ?? []).map((use) =>
    readEndpoint(table, { ...context, settings: new Map([...settings, [each, [use]]]) }),
  );
}

function readEndpoint(table: EndpointTable, { tool, settings, invocation, last }: Context): Endpoint {
  const bounds = boundBy(table, settings);
  const written = bounds.filter(({ use }) => use.from !== "image");
  const byDefault = invocation.knownImage?.bind ?? table.bind.default;
  const [first] = written;
  const host = first?.address.host;
  const ports = table.port.settings.flatMap((name) => settings.get(name) ?? []).map((use) => readPort(use.text));
  return {
    role: table.role,
    ...(table.what !== undefined && { what: table.what }),
    bind: { value: bounds[0]?.address.bind ?? byDefault, ...(host && { word: host }), via: first?.use.via ?? [] },
    boundBy: written.map(({ use, address }) => ({ use, at: address.host ? origin(address.host) : use.at })),
    loopback: () => all(written.map((bound) => loopback(table, byDefault, bound))),
    addLoopback: () => (first ? undefined : addLoopback(tool, table, last)),
    ports: ports.length > 0 ? ports : table.port.default.map((port) => ({ from: port, to: port })),
    defaultPort: ports.length === 0,
  };
}

/** Edits that only help together. */
function all(edits: readonly (Edit[] | undefined)[]): Edit[] | undefined {
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

type Bound = { readonly use: SettingUse; readonly address: Address; readonly format: BindFormat };

/**
 * The settings that decide the address: a socket or the endpoint's own address before all (`ssh -g -L 127.0.0.1:…`), else
 * those that open it furthest.
 */
function boundBy(table: EndpointTable, settings: Settings): Bound[] {
  const bounds = table.bind.settings.flatMap(({ setting, format }) =>
    (settings.get(setting) ?? []).flatMap((use): Bound[] => {
      const address = readAddress(use, format);
      return address ? [{ use, address, format }] : [];
    }),
  );
  const order: readonly (Bind | "unknown")[] = ["all", "address", "unknown", "loopback"];
  const isFinal = ({ use, format }: Bound) => format === "socket" || use.setting.name === table.each;
  const rank = (bound: Bound) => (isFinal(bound) ? -1 : order.indexOf(bound.address.bind));
  const best = Math.min(...bounds.map(rank));
  return bounds.filter((bound) => rank(bound) === best);
}

/**
 * Deleting the option is right where the default, of the tool on every version and of its image, is loopback and the
 * option says nothing else; otherwise the address is replaced.
 */
function loopback(
  table: EndpointTable,
  byDefault: Bind | "unknown",
  { use, address, format }: Bound,
): Edit[] | undefined {
  const throughVariable = use.via.length > 0;
  const saysMore = table.each !== undefined || format === "options";
  const deletable = table.bind.default === "loopback" && byDefault === "loopback" && !saysMore && !throughVariable;
  const deleted = deletable ? use.remove() : undefined;
  return deleted ?? address.loopback() ?? (throughVariable || saysMore ? undefined : use.remove());
}

/** The option for the address, put behind the last argument. */
function addLoopback(tool: Tool, table: EndpointTable, last: Word): Edit[] | undefined {
  const named = table.bind.settings.find(({ format }) => format === "host")?.setting;
  const option = tool.settings.find(({ name }) => name === named)?.options?.find((each) => each.startsWith("--"));
  return option === undefined ? undefined : last.edit.after([option, "127.0.0.1"]);
}

function readPort(text: string | undefined): Ports {
  const port = /(?:^|:)(\d{1,5})(?:\/|$)/.exec(text ?? "")?.[1];
  return port === undefined ? undefined : { from: Number(port), to: Number(port) };
}
