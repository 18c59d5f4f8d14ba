import { type Message, message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { type Candidate, candidatesOf, nameOf } from "./candidates.ts";
import { fingerprints, type Recognised } from "./fingerprints.ts";
import { type Answer, get } from "./http.ts";
import { type Discovery, type OtherListener, type RemoteServer, serviceKinds } from "./server.ts";
import { survey } from "./survey.ts";

/** More ports than this are not asked what they are, and so many at a time. */
const mostAsked = 64;
const atOnce = 8;

/** After this, a server is asked nothing more: on a shared host, anyone may have made many that take their time. */
const patienceMs = 3000;

/**
 * What listens on a host, and which of it is a server we know. Reads what the host tells (5 s at most), then asks what
 * listens, through the link and without credentials. Rejects with `cannot-look` where the host runs no commands.
 */
export async function discover(link: Link, signal: AbortSignal): Promise<Discovery> {
  const { found, ...rest } = await look(link, signal);
  return { ...rest, servers: found.map(({ server }) => server) };
}

/** A server that was recognised, and where that comes from. */
export type Found = { readonly candidate: Candidate; readonly server: RemoteServer };

export type Look = Omit<Discovery, "servers"> & { readonly found: readonly Found[] };

/** What `discover` finds, with what it was found by. */
export async function look(link: Link, signal: AbortSignal): Promise<Look> {
  const seen = await survey(link, signal);
  const candidates = candidatesOf(seen);
  const open = candidates.filter(({ leaveAlone }) => !leaveAlone);
  const { replies, forbidden } = await repliesOf(link, open.slice(0, mostAsked), signal);
  const found = named(candidates.flatMap((each) => foundIn(each, replies.get(each)) ?? []));
  const servers = new Set(found.map(({ candidate }) => candidate));
  return {
    machine: seen.machine,
    found,
    others: candidates.filter((each) => !servers.has(each)).map(otherOf),
    limits: [...seen.limits, ...unasked(link, forbidden), ...cut(link, open.length)],
  };
}

function unasked({ host: { name: host } }: Link, forbidden: TunnelError | undefined): Message[] {
  if (!forbidden) return [];
  return [message("Not all that listens on {host} could be asked what it is: {why}", { host, why: forbidden.said })];
}

function cut({ host: { name: host } }: Link, count: number): Message[] {
  if (count <= mostAsked) return [];
  const template = "{count} ports are open on {host}; only {most} of them were asked what they are.";
  return [message(template, { count, host, most: mostAsked })];
}

/** `connected`: something was there, though it may have said nothing. */
type Reply = { readonly connected: boolean; readonly recognised?: Recognised & { readonly basePath: string } };

type Replies = { readonly replies: ReadonlyMap<Candidate, Reply>; readonly forbidden: TunnelError | undefined };

/** Asks several at a time. A host may forbid some of the ways; a lost link ends it all. */
async function repliesOf(link: Link, candidates: readonly Candidate[], signal: AbortSignal): Promise<Replies> {
  const replies = new Map<Candidate, Reply>();
  const waiting = [...candidates];
  const over = new AbortController();
  let forbidden: TunnelError | undefined;
  async function askRest(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        replies.set(next, await replyOf(link, next, AbortSignal.any([signal, over.signal])));
      } catch (error) {
        const failure = refusal(error, next, signal);
        if (failure.code === "forwarding-forbidden") forbidden = failure;
        else replies.set(next, { connected: false });
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, askRest));
    return { replies, forbidden };
  } finally {
    waiting.length = 0;
    over.abort();
  }
}

/** The failure, where it is one of this candidate alone; else it is thrown on. */
function refusal(error: unknown, { node }: Candidate, signal: AbortSignal): TunnelError {
  if (signal.aborted) throw cancelled();
  if (!(error instanceof TunnelError) || error.code === "connection-lost") throw error;
  if (node === undefined && error.code !== "nothing-listens" && error.code !== "forwarding-forbidden") throw error;
  return error;
}

/** Asks below the path it is known to use, and where it says nothing there, below the one that `/` leads to. */
async function replyOf(link: Link, candidate: Candidate, signal: AbortSignal): Promise<Reply> {
  const ask = asker(link, candidate, signal);
  const first = await ask(candidate.basePath);
  if (!first) return { connected: true };
  const recognised = await recognise(candidate, candidate.basePath, ask);
  if (recognised) return { connected: true, recognised };
  const elsewhere = redirectedTo(first, candidate.basePath);
  const second = elsewhere === undefined ? undefined : await recognise(candidate, elsewhere, ask);
  return { connected: true, ...(second && { recognised: second }) };
}

/** Each path is asked for once: several kinds begin with the same question. */
function asker(link: Link, candidate: Candidate, signal: AbortSignal): (path: string) => Promise<Answer | undefined> {
  const known = new Map<string, Promise<Answer | undefined>>();
  const until = performance.now() + patienceMs;
  return async (path) => {
    const isLate = performance.now() > until;
    const answer = known.get(path) ?? (isLate ? undefined : get(link, candidate, path, signal));
    if (!answer) return undefined;
    known.set(path, answer);
    return answer;
  };
}

async function recognise(
  { hint, wrote }: Candidate,
  basePath: string,
  ask: (path: string) => Promise<Answer | undefined>,
) {
  const likely = wrote?.kind ?? hint;
  const kinds = likely === undefined ? Object.keys(fingerprints) : [likely, ...Object.keys(fingerprints)];
  for (const kind of serviceKindsIn(kinds)) {
    const recognised = await fingerprints[kind]((path) => ask(basePath + path));
    if (recognised) return { ...recognised, basePath };
  }
  return undefined;
}

function serviceKindsIn(names: readonly string[]) {
  return [...new Set(names)].flatMap((name) => serviceKinds.filter((kind) => kind === name));
}

/**
 * A server with a path of its own sends who asks for `/` there; Dask's `ada/status` begins where it was asked
 * (distributed/dashboard/scheduler.py at 40fcd99). Only ever followed on the same server.
 */
function redirectedTo({ status, headers }: Answer, from: string): string | undefined {
  const location = headers["location"];
  if (status < 300 || status >= 400 || typeof location !== "string") return undefined;
  const whole = /^[\w.~%+-]+\//.test(location) ? from + location : location;
  const path = /^(\/[\w.~%@:+-][\w.~%@:+/-]*\/)(?:lab|tree|status)?(?:\?.*)?$/.exec(whole)?.[1];
  return path === from ? undefined : path;
}

/** A server that wrote a file counts even where it does not answer, unless nothing is there any more. */
function foundIn(candidate: Candidate, reply: Reply | undefined): Found | undefined {
  const { wrote, node } = candidate;
  const isThere = reply?.connected !== false || node !== undefined;
  const known = reply?.recognised ?? (wrote && isThere ? { ...wrote, basePath: candidate.basePath } : undefined);
  if (!known) return undefined;
  const { target, owner, own, pid, reach } = candidate;
  const version = known.version ?? wrote?.version;
  const server: RemoteServer = {
    kind: known.kind,
    name: clean(nameOf(known.kind, candidate)),
    target,
    basePath: known.basePath,
    ...(version !== undefined && { version: clean(version) }),
    ...(owner !== undefined && { owner }),
    own,
    ...(pid !== undefined && { pid }),
    ...(wrote && wrote.folder !== "" && { folder: clean(wrote.folder) }),
    reach,
    auth: known.auth,
    ...(node !== undefined && { node: clean(node) }),
    hasToken: known.kind === wrote?.kind && wrote.hasToken,
  };
  return { candidate, server };
}

function clean(text: string): string {
  return harmless(text, { oneLine: true, most: 200 });
}

/** Two servers may share a port on different addresses, or a socket's name in different folders. */
function named(found: readonly Found[]): readonly Found[] {
  const taken = new Map<string, number>();
  return found.map(({ candidate, server }) => {
    const count = (taken.get(server.name) ?? 0) + 1;
    taken.set(server.name, count);
    return { candidate, server: count === 1 ? server : { ...server, name: `${server.name}-${count}` } };
  });
}

function otherOf({ bound, reach, owner, process }: Candidate): OtherListener {
  return { target: bound, reach, ...(owner !== undefined && { owner }), ...(process !== undefined && { process }) };
}
