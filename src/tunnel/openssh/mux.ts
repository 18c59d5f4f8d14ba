import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import type { RunResult } from "../link.ts";
import { type Target, targetText } from "../target.ts";

/** A master that can be asked: the program to ask with, and its socket. */
export type Mux = { readonly ssh: string; readonly control: string };

/**
 * Arguments for a client of the master. No config: `ClearAllForwardings yes` would drop the forward that is asked for,
 * without a word. And a master that is gone must not make `ssh` connect by itself.
 */
function clientArgs({ control }: Mux, ...more: readonly string[]): readonly string[] {
  return [
    "-F",
    "none",
    "-S",
    control,
    "-o",
    "BatchMode=yes",
    "-o",
    "ProxyCommand=false",
    ...more,
    "--",
    "launch-guard",
  ];
}

/** Whether a master answers at the socket; says nothing of the far side. */
export async function isMaster(mux: Mux, signal: AbortSignal): Promise<boolean> {
  return (await runProgram(mux.ssh, clientArgs(mux, "-O", "check"), "", signal)).code === 0;
}

/** Makes a unix socket behind which the master leads to the target. */
export async function addForward(mux: Mux, socketPath: string, target: Target): Promise<void> {
  const forward = forwardText(socketPath, target);
  const { code } = await runProgram(
    mux.ssh,
    clientArgs(mux, "-O", "forward", "-L", forward),
    "",
    AbortSignal.timeout(muxMs),
  );
  if (code === 0) return;
  const values = { target: targetText(target) };
  throw new TunnelError("connection-lost", message("The way to {target} could not be opened.", values));
}

/** Takes a forward back; where the master is gone, so is the forward. */
export async function cancelForward(mux: Mux, forward: string): Promise<void> {
  const args = clientArgs(mux, "-O", "cancel", "-L", forward);
  await runProgram(mux.ssh, args, "", AbortSignal.timeout(muxMs)).catch(() => undefined);
}

/** Milliseconds; a master answers its clients at once, unless it is stopped. */
const muxMs = 5000;

/**
 * The argument of `-L` for a unix socket or `HOST:PORT` on this machine; in it OpenSSH reads backslashes
 * (misc.c, `parse_fwd_field`) and, in paths, `%` tokens.
 */
export function forwardText(from: string, target: Target): string {
  if (target.kind === "tcp")
    return `${from}:${target.host.includes(":") ? `[${target.host}]` : target.host}:${target.port}`;
  if (/\$\{|[\r\n\0]/.test(target.path)) {
    throw new TunnelError("bad-request", message("The system's ssh cannot lead to {path}.", { path: target.path }));
  }
  return `${from}:${target.path.replace(/[\\:]/g, "\\$&").replaceAll("%", "%%")}`;
}

/** Runs `command` on the far host in a session of the master. */
export async function runOver(mux: Mux, command: string, input: string, signal: AbortSignal): Promise<RunResult> {
  const result = await runProgram(mux.ssh, [...clientArgs(mux, "-T"), command], input, signal);
  // 255 is what ssh itself ends with, and may be the command's own; mux.c and sshconnect.c say the rest.
  if (result.code !== 255) return result;
  if (/Session open refused by peer|session request failed/.test(result.stderr)) {
    throw new TunnelError("cannot-look", message("The host did not let us run a command."));
  }
  if (
    /^(?:Control socket connect|mux_client|muxclient|Connection closed by UNKNOWN|kex_exchange)/m.test(result.stderr)
  ) {
    throw new TunnelError("connection-lost", message("The connection was lost while a command ran."));
  }
  return result;
}

const mostBytes = 4 * 1024 * 1024;

/** Runs `ssh` to its end. */
export async function runProgram(
  ssh: string,
  args: readonly string[],
  input: string,
  signal: AbortSignal,
): Promise<RunResult> {
  if (signal.aborted) throw cancelled();
  const child = spawn(ssh, args, { stdio: ["pipe", "pipe", "pipe"], cwd: "/" });
  child.stdin.on("error", () => child.stdin.destroy());
  child.stdin.end(input);
  const closed = once(child, "close");
  const stop = () => end(child, closed);
  signal.addEventListener("abort", stop);
  try {
    const [stdout, stderr, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), closed]);
    if (!signal.aborted) return { stdout, stderr, code: typeof code === "number" ? code : undefined };
  } catch (error) {
    if (signal.aborted) await closed;
    else throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  throw cancelled();
}

/** A client that waits for its master may miss the signal, and the master holds the other ends of its output. */
function end(child: ChildProcessByStdio<Writable, Readable, Readable>, closed: Promise<unknown>): void {
  child.kill("SIGTERM");
  child.stdout.destroy();
  child.stderr.destroy();
  const insist = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  const relent = () => clearTimeout(insist);
  closed.then(relent, relent);
}

/** Milliseconds. */
const patienceMs = 1000;

/** What a stream says, cut at 4 MiB; read to its end, so that the command is not stopped by us. */
async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("error", () => stream.destroy());
  for await (const chunk of stream) {
    if (bytes < mostBytes) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
}
