import { setTimeout as after } from "node:timers/promises";
import { type Message, message } from "../../core/message.ts";
import { get } from "../discovery/http.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { quoted } from "../quoted.ts";
import { runScript } from "../remote/script.ts";
import { processes } from "./processes.ts";
import { type ServerRecord, targetOf } from "./record.ts";
import { withoutSecrets } from "./secrets.ts";
import { tools } from "./tools.ts";

/** MLflow's first start makes its database, which took 25 s on a busy machine with 2 cores. */
const patienceMs = 120_000;

/** A server that ended at its start, with somebody else on its port now: with another port it may well work. */
export class PortTaken extends TunnelError {}

/**
 * Settles when the server answers; rejects with `start-failed` where it ended, as `PortTaken` where that may be why,
 * and with `service-silent` where time is up.
 */
export async function serverAnswers(link: Link, record: ServerRecord, signal: AbortSignal): Promise<void> {
  const timeUp = AbortSignal.timeout(patienceMs);
  const either = AbortSignal.any([signal, timeUp]);
  try {
    await untilItListens(link, record, either);
    while (!(await answers(link, record, either))) {
      await after(200, undefined, { signal: either });
      await untilItListens(link, record, either);
    }
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw timeUp.aborted ? silent(link, record) : error;
  }
}

/** The host itself watches, so that waiting costs no round trips. Its loop ends with the server at the latest. */
async function untilItListens(link: Link, record: ServerRecord, signal: AbortSignal): Promise<void> {
  const [outcome, ...log] = await runScript(link, watchScript(record), signal);
  if (outcome === "listens") return;
  if (outcome === "port-taken") throw new PortTaken("start-failed", ended(link, record, log));
  throw outcome === "ended" ? new TunnelError("start-failed", ended(link, record, log)) : silent(link, record);
}

/**
 * A listener counts only if the server has it: another user of a shared machine, or another start of this user, may
 * have taken the port meanwhile. Where the system tells no inode, the user has to do.
 */
function watchScript({ pid, born, port, socket, log }: ServerRecord): string {
  const listens = socket === undefined ? `listens ${port}` : `[ -S ${quoted(socket)} ]`;
  const ended = socket === undefined ? `[ -z "$(listeners ${port})" ] && echo ended || echo port-taken` : "echo ended";
  return `
${processes}
me=$(id -u)

listens() {
  listeners "$1" | while read -r uid inode; do
    [ "$uid" = "$me" ] || continue
    [ -z "$inode" ] || holds "$inode" || continue
    echo yes
  done | grep -q yes
}

holds() {
  members "$(group_of ${pid})" | while read -r member; do ls -l "/proc/$member/fd"; done 2>/dev/null |
    grep -q "socket:\\[$1\\]"
}

watch() {
  until=$(($(date +%s) + ${patienceMs / 1000}))
  while [ "$(date +%s)" -lt "$until" ]; do
    [ "$(born ${pid})" = ${quoted(born)} ] && [ -n ${quoted(born)} ] || { ${ended}; tail -n 12 ${quoted(log)}; return; }
    ${listens} && { echo listens; return; }
    moment
  done
  echo silent
}
watch
`;
}

/** A connection that breaks is a server that is not ready yet; a forbidden one stays forbidden. */
async function answers(link: Link, record: ServerRecord, signal: AbortSignal): Promise<boolean> {
  try {
    return await saysOk(link, record, tools[record.kind].answers, signal);
  } catch (error) {
    if (error instanceof TunnelError && error.code === "nothing-listens") return false;
    throw error;
  }
}

/** Says so where a server that could ask for a login does not: then a config file of the user decided that. */
export async function loginNotes(link: Link, record: ServerRecord, signal: AbortSignal): Promise<Message[]> {
  const path = tools[record.kind].asksLoginAt;
  if (path === undefined || !(await saysOk(link, record, path, signal))) return [];
  return [
    message("This server asks for no login, because its own configuration on {host} says so.", {
      host: link.host.name,
    }),
  ];
}

async function saysOk(link: Link, record: ServerRecord, path: string, signal: AbortSignal): Promise<boolean> {
  const answer = await get(link, { target: targetOf(record), secure: false }, path, signal);
  return answer?.status === 200;
}

function ended(link: Link, record: ServerRecord, log: readonly string[]): Message {
  const lines = withoutSecrets(harmless(log.join("\n"))).trim();
  return message("{kind} ended right after its start on {host}. It said: {lines}", {
    kind: record.kind,
    host: link.host.name,
    lines: lines || "nothing",
    log: harmless(record.log, { oneLine: true }),
  });
}

function silent(link: Link, record: ServerRecord): TunnelError {
  const said = message("{kind} was started on {host}, did not answer for {seconds} s and was stopped. Its log: {log}", {
    kind: record.kind,
    host: link.host.name,
    seconds: patienceMs / 1000,
    log: harmless(record.log, { oneLine: true }),
  });
  return new TunnelError("service-silent", said);
}
