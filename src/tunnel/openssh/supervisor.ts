import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** A program that ends with us, and a folder that goes with it. */
export type Supervised = {
  /** Ends everything; settles when it is gone. */
  stop(): Promise<void>;
  /** Settles when nothing of it runs any more. */
  readonly ended: Promise<void>;
};

export type Program = {
  readonly folder: string;
  /** The OpenSSH client, to take forwards back with. */
  readonly ssh: string;
  /** Empty where only the folder is to be guarded. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
};

/**
 * Runs `command` in a session of its own, under a shell that reads a pipe whose other end we hold: when we close it,
 * or are killed, the kernel closes it, and the shell takes back the forwards noted in `folder`, removes the folder and
 * kills everything in the session. When the command ends first, the rest of the session is killed, and the folder is
 * left to us. Without a command only the folder is guarded. A program that the user's ProxyCommand moves to a session of its own is beyond this.
 */
export function supervise({ folder, ssh, command, env }: Program, onLine: (line: string) => void): Supervised {
  const child = spawn("/bin/sh", ["-c", script, "sh", folder, ssh, ...command], {
    stdio: ["pipe", "ignore", "pipe"],
    // A session of its own: no terminal to ask on, and Ctrl-C there does not reach it.
    detached: true,
    env,
    cwd: "/",
  });
  return supervised(child, onLine);
}

/** The same on Windows, which has no sessions: a Node between us and the program. */
export function superviseOnWindows(
  { command, env }: Pick<Program, "command" | "env">,
  onLine: (line: string) => void,
): Supervised {
  const child = spawn(process.execPath, ["-e", nodeScript, ...command], {
    stdio: ["pipe", "ignore", "pipe"],
    windowsHide: true,
    env: { ...env, ELECTRON_RUN_AS_NODE: "1" },
  });
  return supervised(child, onLine);
}

function supervised(child: ChildProcessByStdio<Writable, null, Readable>, onLine: (line: string) => void): Supervised {
  child.stdin.on("error", () => child.stdin.destroy());
  child.stderr.on("error", () => child.stderr.destroy());
  createInterface({ input: child.stderr }).on("line", onLine);
  const ended = endOf(child);
  return {
    stop: () => {
      child.stdin.destroy();
      return ended;
    },
    ended,
  };
}

/** `kill -s KILL -- -PID` is the spelling that dash understands too. */
const script = `
folder=$1 ssh=$2
shift 2
exec 3<&0 </dev/null
if [ $# -gt 0 ]; then
  ( "$@" 3<&-; kill -s KILL -- "-$$" ) &
fi
cat <&3 >/dev/null
for note in "$folder"/*.forward; do
  [ -f "$note" ] || continue
  { IFS= read -r control && IFS= read -r forward; } <"$note" &&
    "$ssh" -F none -S "$control" -O cancel -L "$forward" -- launch-guard >/dev/null 2>&1
done
rm -rf -- "$folder"
kill -s KILL -- "-$$"
`;

const nodeScript = `
const [program, ...args] = process.argv.slice(1);
const child = require("node:child_process").spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], windowsHide: true });
child.on("error", () => process.exit(1));
child.on("exit", () => process.exit());
process.stdin.on("error", () => child.kill()).on("end", () => child.kill()).resume();
`;

async function endOf(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.once("exit", () => {
    // Something that left the session may hold the pipe open; what the rest wrote is long read by then.
    setTimeout(() => child.stderr?.destroy(), 1000).unref();
  });
  // A rejection means that it could not be started, which leaves nothing to wait for.
  await closed.catch(() => undefined);
}
