import { basename } from "node:path/posix";
import type { Target } from "../target.ts";
import { dialled, firstLabel, reachOf } from "./address.ts";
import { basePathOf } from "./base-path.ts";
import { describedByFiles } from "./described.ts";
import { type RemoteServer, type ServerReach, type ServiceKind, serviceKinds } from "./server.ts";
import type { Listener, Process, Survey } from "./survey.ts";

/** Something that may be a server we know, with all that is known of it before it is asked. */
export type Candidate = {
  /** Where it is asked, and where a tunnel leads. */
  readonly target: Target;
  /** The address it listens on. */
  readonly bound: Target;
  readonly reach: ServerReach;
  readonly own: boolean;
  readonly owner?: string;
  readonly pid?: number;
  readonly process?: string;
  /** What its command line says it is. */
  readonly hint?: ServiceKind;
  readonly basePath: string;
  readonly secure: boolean;
  /** What it wrote about itself; then it is of that kind whether it answers or not. */
  readonly wrote?: Wrote;
  /** The machine that file is about, where that is another one. */
  readonly node?: string;
  /** It speaks another protocol, which a question of ours could disturb. */
  readonly leaveAlone: boolean;
};

export type Wrote = Pick<RemoteServer, "kind" | "auth" | "hasToken"> & {
  readonly folder: string;
  readonly version?: string;
};

/** What there is to be asked, the most promising first. One server is in it once, however many addresses it has. */
export function candidatesOf(survey: Survey): readonly Candidate[] {
  const listening = grouped(survey).map((group) => ofListeners(group, survey));
  const described = new Map(
    describedByFiles(survey, listening).map(({ candidate, base = candidate }) => [base, candidate]),
  );
  const rest = listening.filter((each) => !described.has(each));
  // A socket tells by its process alone what it may be: most are something else entirely.
  const asked = rest.filter(({ bound, hint }) => bound.kind === "tcp" || hint !== undefined);
  return [...described.values(), ...asked].toSorted((one, other) => rank(one) - rank(other));
}

function rank({ wrote, hint, own, leaveAlone }: Candidate): number {
  return (leaveAlone ? 8 : 0) + (wrote ? 0 : 4) + (hint ? 0 : 2) + (own ? 0 : 1);
}

/** The listeners of one server: 127.0.0.1 and ::1, or one port on several addresses. */
function grouped({ listeners }: Survey): readonly (readonly [Listener, ...Listener[]])[] {
  const groups = new Map<string, [Listener, ...Listener[]]>();
  for (const listener of listeners) {
    const { at, uid = "", pid = "" } = listener;
    const key = at.kind === "unix" ? at.path : `${at.port} ${uid} ${pid}`;
    const group = groups.get(key);
    if (group) group.push(listener);
    else groups.set(key, [listener]);
  }
  return [...groups.values()];
}

function ofListeners(group: readonly [Listener, ...Listener[]], survey: Survey): Candidate {
  const widest = group.find(({ at }) => at.kind === "tcp" && reachOf(at.host) === "network") ?? group[0];
  const process = processOf(widest, survey);
  const uid = widest.uid ?? process?.uid;
  const owner = uid === undefined ? undefined : survey.users.get(uid) || uid;
  const target = targetOf(group, survey.listeners);
  return {
    target,
    bound: widest.at,
    reach: widest.at.kind === "unix" ? "socket" : reachOf(widest.at.host),
    own: uid === survey.me,
    ...(owner !== undefined && { owner }),
    ...(process && widest.pid !== undefined && { pid: widest.pid }),
    ...(process && { process: process.name }),
    ...hintOf(process),
    basePath: basePathOf(process?.prefix ?? ""),
    secure: false,
    leaveAlone: isOtherProtocol(target, process),
  };
}

/** A process is believed only where it runs as the user whose socket it is. */
function processOf({ uid, pid }: Listener, { processes }: Survey): Process | undefined {
  const process = pid === undefined ? undefined : processes.get(pid);
  return uid === undefined || process?.uid === uid ? process : undefined;
}

/** Loopback where the server listens there too; `::` takes IPv4 as well unless somebody else has that port there. */
function targetOf(group: readonly [Listener, ...Listener[]], all: readonly Listener[]): Target {
  const [{ at }] = group;
  if (at.kind === "unix") return at;
  const hosts = group.flatMap(({ at }) => (at.kind === "tcp" ? [at.host] : []));
  const { port } = at;
  const best = ["127.0.0.1", "0.0.0.0", "*", "::", "::1"].find((host) => hosts.includes(host)) ?? at.host;
  const isTaken = all.some(
    (other) => !group.includes(other) && other.at.kind === "tcp" && other.at.port === port && isIpv4Loopback(other.at),
  );
  return { kind: "tcp", host: best === "::" && isTaken ? "::1" : dialled(best), port };
}

function isIpv4Loopback({ host }: { readonly host: string }): boolean {
  return host === "127.0.0.1" || host === "0.0.0.0";
}

const hints: Readonly<Record<string, ServiceKind>> = { jupyterlab: "jupyter", tritonserver: "triton" };

function hintOf(process: Process | undefined): { hint: ServiceKind } | Record<string, never> {
  const word = process?.hint ?? "";
  const hint = hints[word] ?? serviceKinds.find((kind) => kind === word);
  return hint === undefined ? {} : { hint };
}

/**
 * Ports of protocols that take a GET for a command, an attack to be logged, or a reason to block the asker (IANA's
 * registry; 6010 and up is where sshd forwards X11), and Jupyter's kernels, which speak ZeroMQ.
 */
const otherPorts = new Set([
  ...[22, 25, 53, 111, 139, 389, 445, 465, 587, 631, 636, 993, 995, 1433, 1521, 2049, 2181, 3306, 3389],
  ...[5432, 5672, 5900, 5901, 6379, 9042, 9092, 11211, 27017],
]);

function isOtherProtocol(target: Target, process: Process | undefined): boolean {
  if (process && (process.hint === "ipykernel" || /^sshd/.test(process.name))) return true;
  if (target.kind === "unix" || hintOf(process).hint !== undefined) return false;
  return otherPorts.has(target.port) || (target.port >= 6010 && target.port < 6064);
}

/** What a server is called: its kind, its node where that is another one, and its port or its socket's name. */
export function nameOf(kind: ServiceKind, { target, node }: Pick<Candidate, "target" | "node">): string {
  const where = target.kind === "unix" ? basename(target.path) : String(target.port);
  return [kind, ...(node === undefined ? [] : [firstLabel(node)]), where].join("-");
}
