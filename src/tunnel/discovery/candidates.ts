import { basename } from "node:path/posix";
import type { Target } from "../target.ts";
import { dialled, isAddress, isWildcard, reachOf } from "./address.ts";
import type { JupyterFile, TensorboardFile } from "./runtime-file.ts";
import { type RemoteServer, type ServerReach, type ServiceKind, serviceKinds } from "./server.ts";
import type { Listener, Process, Survey, Written } from "./survey.ts";

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
  const written = [
    ...survey.jupyters.flatMap((each) => ofJupyter(each, survey, listening)),
    ...survey.tensorboards.flatMap((each) => ofTensorboard(each, survey, listening)),
  ];
  const described = new Map(written.map(({ candidate, base = candidate }) => [base, candidate]));
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

/** As a server is told its path: `ada`, `/ada`, `/ada/`. What is no path (a quote, a space) is left out. */
export function basePathOf(told: string): string {
  const inner = told.replace(/^\/+|\/+$/g, "");
  return inner === "" || !/^[\w.~%@:+/-]+$/.test(inner) ? "/" : `/${inner}/`;
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

/** What a file adds to the listener it is about, `base`; it stands for itself where no listener could be seen. */
type Described = { readonly candidate: Candidate; readonly base?: Candidate };

function ofJupyter(
  { pid, running, file }: Written<JupyterFile>,
  survey: Survey,
  listening: readonly Candidate[],
): Described[] {
  const bound: Target = file.sock
    ? { kind: "unix", path: file.sock }
    : { kind: "tcp", host: file.hostname, port: file.port };
  const wrote: Wrote = {
    kind: "jupyter",
    folder: file.root_dir ?? file.notebook_dir ?? "",
    ...(file.version !== undefined && { version: file.version }),
    hasToken: file.has_token,
    // Where it cannot be asked; whether it asks nobody cannot be told from its file.
    auth: file.has_token || file.password ? "on" : "unknown",
  };
  const more = { wrote, pid, basePath: basePathOf(file.base_url), secure: file.secure ?? false };
  const node = otherNode(file, running, survey);
  if (node !== undefined) return [{ candidate: { ...standing(elsewhere(bound, node), survey), ...more, bound, node } }];
  return running ? described(bound, more, survey, listening) : [];
}

function ofTensorboard(
  { pid, running, file }: Written<TensorboardFile>,
  survey: Survey,
  listening: readonly Candidate[],
): Described[] {
  if (!running) return [];
  const wrote: Wrote = { kind: "tensorboard", folder: file.logdir, hasToken: false, auth: "none" };
  const more = { wrote, pid, basePath: basePathOf(file.path_prefix), secure: false };
  return described({ kind: "tcp", host: "127.0.0.1", port: file.port }, more, survey, listening);
}

/** The user's own listener that a file is about; where listeners are known and none is, the file is out of date. */
function described(
  bound: Target,
  more: Pick<Candidate, "wrote" | "pid" | "basePath" | "secure">,
  survey: Survey,
  listening: readonly Candidate[],
): Described[] {
  const base = listening.find((each) => each.own && isSame(each.bound, bound) && (each.pid ?? more.pid) === more.pid);
  if (base) return [{ candidate: { ...base, ...more, leaveAlone: false }, base }];
  if (survey.listensKnown && bound.kind === "tcp") return [];
  return [{ candidate: { ...standing(bound, survey), ...more } }];
}

function isSame(one: Target, other: Target): boolean {
  if (one.kind === "unix") return other.kind === "unix" && one.path === other.path;
  return other.kind === "tcp" && one.port === other.port;
}

/** A server that is known from its file alone. */
function standing(bound: Target, { me, users }: Survey): Candidate {
  const owner = users.get(me);
  return {
    target: bound.kind === "unix" ? bound : { ...bound, host: dialled(bound.host) },
    bound,
    reach: bound.kind === "unix" ? "socket" : reachOf(bound.host),
    own: true,
    ...(owner !== undefined && { owner }),
    basePath: "/",
    secure: false,
    leaveAlone: false,
  };
}

/**
 * The node that a runtime file is about, where home folders are shared and it is not this one. The address it listens
 * on may name it, or the machine's name that its URL has where it listens on every interface. A process with its
 * number says nothing then, and neither does its absence.
 */
function otherNode({ hostname, url, port }: JupyterFile, running: boolean, survey: Survey): string | undefined {
  const named = port !== 0 && isWildcard(hostname) ? hostIn(url) : hostname;
  if (named === "" || isWildcard(named) || named === "localhost") return undefined;
  if (!isAddress(named)) return firstLabel(named) === firstLabel(survey.machine.hostname) ? undefined : named;
  if (running || reachOf(named) === "loopback" || survey.addresses.size === 0) return undefined;
  return survey.addresses.has(named) ? undefined : named;
}

function hostIn(url = ""): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

/** `node17` and `node17.cluster.example` are one. */
function firstLabel(name: string): string | undefined {
  return name.toLowerCase().split(".")[0];
}

/** On its node, a server on every interface is reached by the node's name, from here too. */
function elsewhere(bound: Target, node: string): Target {
  return bound.kind === "tcp" && isWildcard(bound.host) ? { ...bound, host: node } : bound;
}

/** What a server is called: its kind, its node where that is another one, and its port or its socket's name. */
export function nameOf(kind: ServiceKind, { target, node }: Pick<Candidate, "target" | "node">): string {
  const where = target.kind === "unix" ? basename(target.path) : String(target.port);
  return [kind, ...(node === undefined ? [] : [firstLabel(node)]), where].join("-");
}
