import type { Target } from "../target.ts";
import { dialled, firstLabel, isAddress, isWildcard, reachOf } from "./address.ts";
import { basePathOf } from "./base-path.ts";
import type { Candidate, Wrote } from "./candidates.ts";
import type { JupyterFile, TensorboardFile } from "./runtime-file.ts";
import type { Survey, Written } from "./survey.ts";

/** What a file adds to the listener it is about, `base`; it stands for itself where no listener could be seen. */
export type Described = { readonly candidate: Candidate; readonly base?: Candidate };

/** The servers that the user's files tell of, among what listens. */
export function describedByFiles(survey: Survey, listening: readonly Candidate[]): readonly Described[] {
  return [
    ...survey.jupyters.flatMap((each) => ofJupyter(each, survey, listening)),
    ...survey.tensorboards.flatMap((each) => ofTensorboard(each, survey, listening)),
  ];
}

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

/** On its node, a server on every interface is reached by the node's name, from here too. */
function elsewhere(bound: Target, node: string): Target {
  return bound.kind === "tcp" && isWildcard(bound.host) ? { ...bound, host: node } : bound;
}
