import { type Message, message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { machineIn } from "../remote/machine.ts";
import { runScript } from "../remote/script.ts";
import { addressOfProc } from "./address.ts";
import { type JupyterFile, readJupyterFile, readTensorboardFile, type TensorboardFile } from "./runtime-file.ts";
import type { Machine } from "./server.ts";
import { processesRead, surveyScript } from "./survey-script.ts";

/** Something that listens on a host, as the host tells it. `uid` and `pid` are absent where it does not. */
export type Listener = {
  readonly at:
    | { readonly kind: "tcp"; readonly host: string; readonly port: number }
    | { readonly kind: "unix"; readonly path: string };
  readonly uid?: string;
  readonly pid?: number;
};

export type Process = {
  readonly uid: string;
  readonly name: string;
  /** The word of its command line that names a service. */
  readonly hint: string;
  /** The path its server is told to answer under. */
  readonly prefix: string;
};

/** A file that a server wrote about itself, and whose process has its number now. */
export type Written<T> = { readonly pid: number; readonly running: boolean; readonly file: T };

/** All that one look at a host has shown. */
export type Survey = {
  readonly machine: Machine;
  readonly me: string;
  readonly users: ReadonlyMap<string, string>;
  /** The machine's own addresses; empty where it does not tell them. */
  readonly addresses: ReadonlySet<string>;
  readonly listeners: readonly Listener[];
  readonly processes: ReadonlyMap<number, Process>;
  readonly jupyters: readonly Written<JupyterFile>[];
  readonly tensorboards: readonly Written<TensorboardFile>[];
  /** Whether the host tells who listens at all. */
  readonly listensKnown: boolean;
  readonly limits: readonly Message[];
};

/** The most that a look may take. */
const patienceMs = 5000;

/** Looks around on a host. Rejects with `cannot-look`, or with `timed-out` after 5 s. */
export async function survey(link: Link, signal: AbortSignal): Promise<Survey> {
  return surveyOf(link, await lookedAt(link, surveyScript, signal));
}

/** The lines of a script that must not take long. */
export async function lookedAt(link: Link, script: string, signal: AbortSignal): Promise<readonly string[]> {
  const timeUp = AbortSignal.timeout(patienceMs);
  try {
    return await runScript(link, script, AbortSignal.any([signal, timeUp]));
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (!timeUp.aborted) throw error;
    const template = "{host} did not say within {seconds} s what runs there.";
    throw new TunnelError("timed-out", message(template, { host: link.host.name, seconds: patienceMs / 1000 }), error);
  }
}

function surveyOf(link: Link, lines: readonly string[]): Survey {
  const records = lines.map((line) => line.split("\t"));
  const of = (kind: string) => records.filter(([first]) => first === kind).map(([, ...fields]) => fields);
  const me = of("me")[0]?.[0] ?? "";
  const machine = machineIn(lines);
  if (!machine || me === "") {
    throw new TunnelError("cannot-look", message("{host} does not say who you are there.", { host: link.host.name }));
  }
  return {
    machine,
    me,
    users: new Map([...of("user"), ...of("me")].map(([uid = "", name = ""]) => [uid, clean(name)])),
    addresses: new Set(of("address").map(([address = ""]) => address)),
    listeners: [...of("tcp").flatMap(tcpListener), ...of("unix").flatMap(unixListener), ...listenersOfLsof(of("lsof"))],
    processes: new Map(of("process").flatMap(processIn)),
    jupyters: of("jupyter").flatMap((fields) => writtenIn(fields, me, readJupyterFile)),
    tensorboards: of("tensorboard").flatMap((fields) => writtenIn(fields, me, readTensorboardFile)),
    listensKnown: !lines.includes("no-listeners"),
    limits: limitsOf(link, lines),
  };
}

/** What a host says of itself, for people to read. */
function clean(text: string): string {
  return harmless(text, { oneLine: true, most: 200 });
}

function tcpListener([local = "", uid = "", pid = ""]: readonly string[]): Listener[] {
  const at = addressOfProc(local);
  return at ? [{ at: { kind: "tcp", ...at }, uid, ...(isPid(pid) && { pid: Number(pid) }) }] : [];
}

function unixListener([pid = "", path = ""]: readonly string[]): Listener[] {
  return isPid(pid) && path.startsWith("/") ? [{ at: { kind: "unix", path }, pid: Number(pid) }] : [];
}

function isPid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}

/** `lsof -F`: a process (`p`) with its user (`u`) comes before what it holds (`n`). */
function listenersOfLsof(fields: readonly (readonly string[])[]): Listener[] {
  const found = new Map<string, Listener>();
  let pid = 0;
  let uid = "";
  for (const [field = ""] of fields) {
    const value = field.slice(1);
    if (field.startsWith("p") && isPid(value)) pid = Number(value);
    if (field.startsWith("u")) uid = value;
    const [, host = "", port = ""] = /^n\[?([^\]]*)\]?:(\d{1,5})$/.exec(field) ?? [];
    if (port !== "" && !found.has(field)) found.set(field, { at: { kind: "tcp", host, port: Number(port) }, uid, pid });
  }
  return [...found.values()];
}

function processIn([pid = "", uid = "", name = "", hint = "", prefix = ""]: readonly string[]): [number, Process][] {
  return isPid(pid) ? [[Number(pid), { uid, name: clean(name), hint, prefix }]] : [];
}

function writtenIn<T>(
  [pid = "", uid = "", ...json]: readonly string[],
  me: string,
  read: (text: string) => T | undefined,
): Written<T>[] {
  const file = read(json.join("\t"));
  return isPid(pid) && file ? [{ pid: Number(pid), running: uid === me, file }] : [];
}

function limitsOf({ host: { name: host } }: Link, lines: readonly string[]): Message[] {
  const limits: Message[] = [];
  if (lines.includes("no-listeners")) {
    const template =
      "{host} has neither /proc nor lsof, so only servers that left a file in your folders could be found.";
    limits.push(message(template, { host }));
  }
  if (lines.includes("more-processes")) {
    const template = "More than {most} processes listen on {host}; the rest was not looked into.";
    limits.push(message(template, { host, most: processesRead }));
  }
  return limits;
}
