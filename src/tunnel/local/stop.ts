import { message } from "../../core/message.ts";
import type { ServiceKind } from "../discovery/server.ts";
import { TunnelError } from "../error.ts";
import { endings } from "../launcher/processes.ts";
import type { Link } from "../link.ts";
import { runScript } from "../remote/script.ts";
import { isStill, type OwnProcess, ownership } from "./own-process.ts";

export type StopRequest = {
  readonly process: OwnProcess;
  readonly kind: ServiceKind;
  /** Ends it at once, with what it has not saved: for whoever was asked and said so. */
  readonly force?: boolean;
};

/** Seconds that a server is given after each signal. Jupyter's own `jupyter server stop` gives it five. */
const graceSeconds = 10;

/**
 * Ends a server of this user and settles when nothing of it listens any more, by the kernel's word; also where it has
 * ended by itself meanwhile. Rejects with `not-yours` where the process is another one by now, and with `does-not-end`.
 */
export async function stopLocally(
  link: Link,
  request: StopRequest,
  signal: AbortSignal,
  grace = graceSeconds,
): Promise<void> {
  const { pid } = request.process;
  const outcome = await runScript(link, stopScript(request, grace), signal);
  if (outcome.includes("stopped") || outcome.includes("gone")) return;
  if (outcome.includes("listens")) {
    throw new TunnelError("does-not-end", message("Process {pid} has ended, and its port is still held.", { pid }));
  }
  throw outcome.includes("runs")
    ? new TunnelError("does-not-end", message("Process {pid} was told to end and goes on.", { pid }))
    : new TunnelError("not-yours", message("Process {pid} is not the server that was listed any more.", { pid }));
}

/**
 * How each tool is ended by a person. Jupyter asks back at the first interrupt, on its own terminal, and takes it back
 * after five seconds; a second one is handled as SIGTERM is from the start (`_handle_sigint`, `_confirm_exit` and
 * `_signal_stop` of jupyter_server/serverapp.py, 2.21.1): so that one is sent. The others take an interrupt for
 * Ctrl-C, but a script's background job never sees it (POSIX, 2.12 Signals and Error Handling), so SIGTERM follows.
 */
function signalsFor({ kind, force = false }: StopRequest): readonly string[] {
  if (force) return ["KILL"];
  return kind === "jupyter" ? ["TERM"] : ["INT", "TERM"];
}

/** The sockets are those that it holds before; its workers may hold them longer than it lives itself. */
function stopScript(request: StopRequest, grace: number): string {
  const { process } = request;
  const endedBySignals = signalsFor(request).map((name) => `ended_by ${name} ${grace}`);
  return `
${ownership}${endings}${sockets}
stop() {
  pid=${process.pid}
  [ -n "$(born "$pid")" ] || { echo gone; return; }
  ${isStill(process)} || { echo other; return; }
  held=$(held_by "$pid")
  aim
  ${endedBySignals.join(" || ")} || { echo runs; return; }
  until=$(($(date +%s) + ${grace}))
  while [ -n "$(still_listening)" ]; do
    [ "$(date +%s)" -le "$until" ] || { echo listens; return; }
    moment
  done
  echo stopped
}
stop
`;
}

/** Sockets that listen: by their inodes in /proc/net, else by their addresses as lsof has them. */
const sockets = `
listening() {
  if [ -r /proc/net/tcp ]; then
    awk '$4 == "0A" { print $10 }' /proc/net/tcp
    awk '$4 == "0A" { print $10 }' /proc/net/tcp6
    awk '$4 == "00010000" { print $7 }' /proc/net/unix
  else
    lsof -nP -iTCP -sTCP:LISTEN -Fn | sed -n 's/^n//p'
  fi 2>/dev/null
}

held_by() {
  if [ -r /proc/net/tcp ]; then
    ls -l "/proc/$1/fd" | sed -n 's/.* -> socket:\\[\\([0-9]*\\)\\]$/\\1/p'
  else
    lsof -nP -a -p "$1" -iTCP -sTCP:LISTEN -Fn | sed -n 's/^n//p'
  fi 2>/dev/null
}

still_listening() { [ -z "$held" ] || listening | grep -Fx -e "$held"; }
`;
