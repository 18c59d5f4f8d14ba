import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { hostname } from "node:os";
import { message } from "../../core/message.ts";
import type { Environment } from "../environment.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import { gather } from "../gather.ts";
import type { Host } from "../host/host.ts";
import type { Link, RunResult } from "../link.ts";
import { type Target, targetText } from "../target.ts";

/**
 * This very machine as a host, without ssh: what looks around on hosts looks around here by it. There is nothing to
 * close, since nothing outlives its call. On Windows it runs nothing and rejects with `not-on-windows`.
 */
export function localLink(environment: Environment): Link {
  const host = thisHost(environment.user);
  return {
    host,
    peer: { engine: "ssh2", hops: [host.name] },
    open,
    run: (command, input, signal) => run(command, input, environment, signal),
    probe: () => Promise.resolve(),
    gone: new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
}

function thisHost(user: string): Host {
  const name = hostname();
  return {
    ...{ name, hostname: name, port: 0, user, methods: [], jumps: [], compression: false, algorithms: {} },
    ...{ userKnownHostsFiles: [], globalKnownHostsFiles: [], hashKnownHosts: false, strictHostKeyChecking: "ask" },
    ...{ identityFiles: [], identitiesOnly: true, onlySystemSsh: [], localForwards: [], problems: [] },
  };
}

async function open(target: Target, signal: AbortSignal): Promise<Socket> {
  const socket = target.kind === "unix" ? connect(target.path) : connect(target.port, target.host);
  // It hears errors for its whole life; unheard, one would end the process.
  socket.on("error", () => socket.destroy());
  try {
    await once(socket, "connect", { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw cancelled();
    const said = message("Nothing answers at {target} on this machine.", { target: targetText(target) });
    throw new TunnelError("nothing-listens", said, error);
  }
}

/** Like sshd: a shell in a session of its own, which is given up with all that it has started. */
async function run(
  command: string,
  input: string,
  { env, home, platform }: Environment,
  signal: AbortSignal,
): Promise<RunResult> {
  if (signal.aborted) throw cancelled();
  if (platform === "win32") {
    throw new TunnelError("not-on-windows", message("Launch Guard cannot see what listens on Windows."));
  }
  const shell = spawn("/bin/sh", ["-c", command], { env: { HOME: home, ...env }, cwd: home, detached: true });
  const giveUp = () => endGroup(shell);
  signal.addEventListener("abort", giveUp, { once: true });
  const result = await resultOf(shell, input).catch((error: unknown) => {
    throw asTunnelError(error, "cannot-look", message("This machine has no shell that we could ask."));
  });
  signal.removeEventListener("abort", giveUp);
  if (signal.aborted) throw cancelled();
  return result;
}

async function resultOf(shell: ReturnType<typeof spawn>, input: string): Promise<RunResult> {
  const { stdin, stdout, stderr } = shell;
  if (!stdin || !stdout || !stderr) throw new Error("the shell was started without pipes");
  // A shell that has ended reads no more; how it ended says what happened.
  stdin.on("error", () => undefined);
  stdin.end(input);
  const [out, err] = [gather(stdout), gather(stderr)];
  const [code] = await once(shell, "close");
  return { stdout: out(), stderr: err(), code: typeof code === "number" ? code : undefined };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has just ended by itself.
  }
}
