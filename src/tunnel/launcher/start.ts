import { message } from "../../core/message.ts";
import { cancelled, TunnelError, type TunnelErrorCode } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Link } from "../link.ts";
import { runScript } from "../remote/script.ts";
import { launchScript, portsTried } from "./launch.ts";
import { logoutNotes } from "./logout.ts";
import { loginNotes, PortTaken, serverAnswers } from "./ready.ts";
import { readRecord, startedServer } from "./record.ts";
import type { StartedServer, StartRequest } from "./started.ts";
import { stopServer } from "./stop.ts";
import { tools } from "./tools.ts";

/** How long the host may take to start a process, the user's shell startup files included. */
const launchMs = 30_000;
/** Ten seconds of patience, five for SIGKILL, and the way there. */
const stopMs = 30_000;

/**
 * Starts a server on the host that only the host itself can reach and that outlives the connection; settles when it
 * answers. Rejects with `bad-request`, `not-installed`, `start-failed`, `service-silent` or `cannot-look`; where it rejects or is
 * cancelled, what it started is stopped.
 */
export async function startServer(link: Link, request: StartRequest, signal: AbortSignal): Promise<StartedServer> {
  checkRequest(request);
  try {
    return await startOnce(link, request, signal);
  } catch (error) {
    // Somebody was faster: the next look sees that the port is used.
    if (error instanceof PortTaken) return startOnce(link, request, signal);
    throw error;
  }
}

async function startOnce(link: Link, request: StartRequest, signal: AbortSignal): Promise<StartedServer> {
  if (signal.aborted) throw cancelled();
  // Not cut short by `signal`: half-way through, nobody could tell what to stop.
  const lines = await launch(link, request);
  const record = lines.map(readRecord).find((found) => found !== undefined);
  if (!record) throw notStarted(link, request, lines);
  try {
    await serverAnswers(link, record, signal);
    const notes = [...logoutNotes(lines), ...(await loginNotes(link, record, signal))];
    return startedServer(record, { running: true, here: true, notes });
  } catch (error) {
    await stopServer(link, record, AbortSignal.timeout(stopMs)).catch(() => undefined);
    throw error;
  }
}

function checkRequest({ kind, folder = "", program = "", socket }: StartRequest): void {
  if (/\p{Cc}/u.test(folder + program)) {
    throw new TunnelError("bad-request", message("A folder or program has no control characters in its name."));
  }
  if (socket && kind !== "jupyter") {
    throw new TunnelError("bad-request", message("{kind} cannot listen on a unix socket.", { kind }));
  }
}

async function launch(link: Link, request: StartRequest): Promise<readonly string[]> {
  const limit = AbortSignal.timeout(launchMs);
  try {
    return await runScript(link, launchScript(request), limit);
  } catch (error) {
    if (!limit.aborted) throw error;
    const values = { kind: request.kind, host: link.host.name, seconds: launchMs / 1000 };
    const said = message(
      "{host} did not start {kind} within {seconds} s. If it did so later, it is in the list.",
      values,
    );
    throw new TunnelError("timed-out", said, error);
  }
}

/** Why the script started nothing. */
function notStarted(link: Link, request: StartRequest, lines: readonly string[]): TunnelError {
  const tool = tools[request.kind];
  const line = lines.at(-1) ?? "";
  const reason = line.split(" ", 1)[0] ?? "";
  const values = {
    host: link.host.name,
    where: harmless(line.slice(reason.length + 1), { oneLine: true }),
    folder: harmless(request.folder ?? "~", { oneLine: true }),
    program: harmless(request.program ?? tool.program, { oneLine: true }),
    first: tool.port,
    last: tool.port + portsTried - 1,
  };
  const [code, template] = reasons(request)[reason] ?? ["cannot-look", "{host} started nothing and did not say why."];
  return new TunnelError(code, message(template, values));
}

/** By the first word of the script's last line. */
function reasons({ program, socket }: StartRequest): Readonly<Record<string, readonly [TunnelErrorCode, string]>> {
  return {
    "no-folder": ["bad-request", "There is no folder {folder} on {host}, or it may not be entered."],
    "no-state": ["bad-request", "On {host} the folder {where}, where logs are kept, cannot be written."],
    "no-address": socket
      ? ["bad-request", "{host} has no temporary folder that can be written."]
      : ["bad-request", "Every port from {first} to {last} is used on {host}."],
    "not-found": program
      ? ["not-installed", "{program} is not a program on {host}."]
      : [
          "not-installed",
          "{program} is not on {host}: not in its PATH ({where}), not in ~/.local/bin, and a login shell does not find it.",
        ],
  };
}
