import type { Exposure, Reach } from "../exposure.ts";
import type { Fix, Listens, Related } from "../finding.ts";
import type { Ports } from "../invocation.ts";
import type { Endpoint, Launch, SettingUse } from "../launch.ts";
import { type Message, message } from "../message.ts";
import { destination } from "../ssh.ts";
import type { Edit, Place } from "../text.ts";
import type { Hazard } from "../tools/tool.ts";

/** Who a message is about: the tool, or the part of it that listens. */
export function subject({ tool }: Launch, endpoint?: Endpoint): Message {
  if (endpoint?.what === undefined) return message("{tool}", { tool: tool.name });
  return message("{tool}'s {what}", { tool: tool.name, what: message(endpoint.what) });
}

/** What someone who reaches it can do, as the end of a sentence that has named them. */
export function danger(launch: Launch, who: Message): Message {
  const values = { who, callers: message(launch.tool.callers), guard: guardOf(launch) };
  if (launch.auth.value === "off") return message("with its {guard} switched off, {who} can {callers}", values);
  if (launch.auth.value === "none") return message("it has no login, so {who} can {callers}", values);
  return message("{who} gets to its login, and whoever passes that can {callers}", values);
}

/** What keeps others out when it is on. */
export function guardOf({ tool }: Launch): Message {
  return message(tool.auth.guard ?? "login");
}

/** Why the severity is what it is, for the hover. */
export function reachSentence(reach: Reach): Message {
  return message(reachSentences[reach]);
}

const reachSentences: Readonly<Record<Reach, string>> = {
  machine: "Only this machine can reach it as it is started here.",
  unknown: "This file does not say who can reach it; that is decided where it is run.",
  network: "Other machines on the network can reach it.",
  internet: "Anyone on the internet can reach it.",
};

/** Places that decided about the exposure, to be shown beside the finding. */
export function relatedExposure(exposure: Exposure, at: Place): Related[] {
  return exposure.published
    .filter(({ word }) => word.at.path !== at.path || word.at.start !== at.start)
    .map(({ word }) => ({ at: word.at, message: message("It is published here.") }));
}

/** The uses that a literal came through, and the places in other files that lead to the launch. */
export function relatedUses(launch: Launch, via: readonly Place[], at: Place): Related[] {
  const uses = via.map((place) => ({ at: place, message: message("The value is used here.") }));
  const callers = launch.because.map((place) => ({ at: place, message: message("It is started from here.") }));
  return [...uses, ...callers].filter(({ at: other }) => other.path !== at.path || other.start !== at.start);
}

/** Where the server of a launch is to be found; `ports` are those by which its machine is reached. */
export function listens({ runs }: Launch, ports: readonly Ports[]): Listens {
  const [only, ...more] = ports;
  const sshHost = runs.ssh && destination(runs.ssh);
  return {
    ...(only && more.length === 0 && only.from === only.to && { port: only.from }),
    ...(sshHost !== undefined && { sshHost }),
  };
}

/** A list with the fix, or an empty one where the source could not make the edits. */
export function fixes(title: Message, edits: readonly Edit[] | undefined, safe: boolean): Fix[] {
  return edits && edits.length > 0 ? [{ title, edits, safe }] : [];
}

/** The fix of a setting by its table. */
export function remedy(use: SettingUse, { fix, safe = false }: Pick<Hazard, "fix" | "safe">): Fix[] {
  if (fix === undefined) return [];
  if (fix === "remove")
    return fixes(message("Delete {option}", { option: use.name || use.setting.name }), use.remove(), safe);
  return fixes(message("Change it to {value}", { value: fix.replace }), use.replace(fix.replace), safe);
}
