import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { message } from "../../../src/core/message.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Link, RunResult } from "../../../src/tunnel/link.ts";
import type { Target } from "../../../src/tunnel/target.ts";
import { hostWith } from "../host-with.ts";

/** A link to this very machine without ssh between, as a login with `env` would see it. */
export function localLink(env: Readonly<Record<string, string>>): Link {
  return {
    host,
    peer: { engine: "ssh2", fingerprint: "SHA256:none", keyType: "ssh-ed25519", hops: ["gpubox"] },
    open,
    run: (command, input, signal) => run(command, input, env, signal),
    probe: () => Promise.resolve(),
    gone: new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
}

const host = hostWith({ name: "gpubox", user: "ada", methods: [] });

async function open(target: Target, signal: AbortSignal) {
  const socket = target.kind === "unix" ? connect(target.path) : connect(target.port, target.host);
  socket.on("error", () => socket.destroy());
  try {
    await once(socket, "connect", { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw new TunnelError("nothing-listens", message("Nothing listens there."), error);
  }
}

/** Like sshd: a shell in a session of its own, and nothing but its output is waited for. */
async function run(
  command: string,
  input: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<RunResult> {
  const shell = spawn("/bin/sh", ["-c", command], { env, cwd: env["HOME"], detached: true, signal });
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, "close")]);
  return { stdout, stderr, code: typeof code === "number" ? code : undefined };
}
