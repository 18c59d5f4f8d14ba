import { message } from "../../core/message.ts";
import { nameOf } from "../discovery/candidates.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { quoted } from "../quoted.ts";
import { runScript } from "../remote/script.ts";
import { type Listed, listedRecords } from "./list.ts";
import { endings, processes, stateFolder } from "./processes.ts";
import { type ServerRecord, targetOf } from "./record.ts";

/** Seconds that a server is given to end by itself. Jupyter's own `jupyter server stop` gives it five. */
const graceSeconds = 10;

/**
 * Stops a server that was started there, by the name it was given or the one that `audit` has for it, and settles
 * when it is gone. Its log stays until its name is used again.
 * Rejects with `no-such-server`, or `other-node` where it was started on another machine that shares the home folder.
 */
export async function stopStarted(link: Link, name: string, signal: AbortSignal, grace = graceSeconds): Promise<void> {
  const { listed } = await listedRecords(link, signal);
  const found = listed.find(({ record }) => record.name === name) ?? listed.find((each) => isFoundAs(name, each));
  if (!found) {
    const values = { name: harmless(name, { oneLine: true }), host: link.host.name };
    throw new TunnelError("no-such-server", message("Nothing named {name} was started on {host}.", values));
  }
  if (!found.here) throw elsewhere(link, found.record);
  await stopServer(link, found.record, signal, grace);
}

/** Whether a search of the host calls it so: `jupyter-8888` is what listens there, whoever started it. */
function isFoundAs(name: string, { record, running }: Listed): boolean {
  return running && nameOf(record.kind, { target: targetOf(record) }) === name;
}

/** Stops the server of a record, if it is still the process that the record is about, and removes the record. */
export async function stopServer(link: Link, record: ServerRecord, signal: AbortSignal, grace = graceSeconds) {
  const lines = await runScript(link, stopScript(record, grace), signal);
  if (lines.includes("stopped")) return;
  const values = { name: record.name, pid: record.pid, host: link.host.name };
  throw new TunnelError("timed-out", message("{name} (process {pid}) on {host} does not end.", values));
}

/**
 * SIGTERM is what all three want: Jupyter then ends its kernels and removes its runtime file
 * (jupyter_server/serverapp.py, `_signal_stop`; the first SIGINT only makes it ask), TensorBoard removes its info file
 * (tensorboard/program.py) and uvicorn, under MLflow, ends its workers. It goes to the process group, since older
 * MLflows do not pass it on.
 */
function stopScript({ pid, born, arguments: words, name, socket }: ServerRecord, grace: number): string {
  return `
${processes}${endings}${stateFolder}
end() {
  pid=${pid}
  [ -n ${quoted(born)} ] && [ "$(born "$pid")" = ${quoted(born)} ] || return 0
  case $(command_of "$pid") in *${quoted(words)}*) ;; *) return 0 ;; esac
  aim
  ended_by TERM ${grace} || ended_by KILL 5
}

if end; then
  rm -f "$state/"${quoted(`${name}.json`)}
${socket === undefined ? "" : `  rm -f ${quoted(socket)}; rmdir "$(dirname ${quoted(socket)})" 2>/dev/null\n`}  echo stopped
fi
`;
}

function elsewhere(link: Link, { name, node }: ServerRecord): TunnelError {
  const values = { name, node: harmless(node, { oneLine: true }), host: link.host.name };
  return new TunnelError(
    "other-node",
    message("{name} was started on {node}, and {host} led to another machine.", values),
  );
}
