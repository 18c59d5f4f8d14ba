import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { userInfo } from "node:os";
import { createInterface } from "node:readline";
import { fingerprintOf, type KeyPair, makeKey, type Scratch } from "./scratch.ts";

/** A real sshd on 127.0.0.1, with keys made on the spot. */
export type Sshd = {
  readonly port: number;
  readonly hostKey: KeyPair;
  /** `SHA256:…`. */
  readonly fingerprint: string;
  /** The user's key, which it accepts. */
  readonly userKey: KeyPair;
  readonly user: string;
  /** A line for a known_hosts file. */
  knownHostsLine(name?: string): string;
  /** Everything it has logged so far (`LogLevel VERBOSE`). */
  readonly log: () => string;
  /** Its process; its sessions are children of it. */
  readonly pid: number;
  /** Ends it with all its sessions and what they run; settles when they are gone. */
  stop(): Promise<void>;
};

export type SshdOptions = {
  /** Further lines of sshd_config; the first one of a keyword wins, and these come first. */
  readonly config?: readonly string[];
  /** To start it again where it was, with the key it had. */
  readonly port?: number;
  readonly hostKey?: KeyPair;
  readonly userKey?: KeyPair;
  /** Tells several in one scratch folder apart. */
  readonly name?: string;
  /** Runs sshd inside something, such as `["ip", "netns", "exec", "far"]`. */
  readonly within?: readonly string[];
  readonly address?: string;
};

export async function startSshd(scratch: Scratch, options: SshdOptions = {}): Promise<Sshd> {
  // Privilege separation wants this folder; a system without a running sshd may lack it.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const name = options.name ?? "sshd";
  const hostKey = options.hostKey ?? makeKey(freshName(scratch, `${name}-host`));
  const userKey = options.userKey ?? makeKey(freshName(scratch, `${name}-user`));
  const port = options.port ?? (await freePort());
  const user = userInfo().username;
  const configFile = scratch.file(`${name}.conf`);
  writeFileSync(configFile, [...(options.config ?? []), ...baseConfig(port, hostKey, userKey, options)].join("\n"));

  const [program = "", ...args] = [...(options.within ?? []), "/usr/sbin/sshd", "-D", "-e", "-f", configFile];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const lines: string[] = [];
  await listening(child, lines, port);
  return {
    port,
    hostKey,
    fingerprint: fingerprintOf(hostKey.publicFile),
    userKey,
    user,
    knownHostsLine: (host = `[127.0.0.1]:${port}`) => `${host} ${publicKeyOf(hostKey)}\n`,
    log: () => lines.join("\n"),
    pid: child.pid ?? 0,
    stop: () => stopTree(child),
  };
}

/** A port that nothing listens on right now. */
export async function freePort(): Promise<number> {
  const server: Server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** A process and all that descend from it, by the kernel's word. */
export function treeOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const tree = [pid];
  for (const member of tree) for (const [child, parent] of parents) if (parent === member) tree.push(child);
  return tree;
}

/** Sends a signal to each process in turn. One may have ended by itself, or with the one before. */
export function tell(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // There is nobody to tell.
    }
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

function publicKeyOf({ publicFile }: KeyPair): string {
  return readFileSync(publicFile, "utf8").trim().split(" ").slice(0, 2).join(" ");
}

function freshName(scratch: Scratch, name: string): string {
  for (let count = 0; ; count++) {
    const file = scratch.file(count === 0 ? name : `${name}-${count}`);
    if (!existsSync(file)) return file;
  }
}

function baseConfig(port: number, hostKey: KeyPair, userKey: KeyPair, { address = "127.0.0.1" }: SshdOptions) {
  return [
    `ListenAddress ${address}:${port}`,
    `HostKey ${hostKey.file}`,
    `AuthorizedKeysFile ${userKey.publicFile}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PermitRootLogin yes",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PrintMotd no",
    "LogLevel VERBOSE",
    "MaxStartups 100:30:200",
    "MaxSessions 100",
    // Keeps bash from reading this machine's own ~/.bashrc (shell.c, SSH_SOURCE_BASHRC): pyenv's, for one, waits for a
    // minute after a shell was killed in the middle of it.
    "SetEnv SHLVL=1",
    "AllowTcpForwarding yes",
    "AllowStreamLocalForwarding yes",
    "",
  ];
}

async function listening(child: ChildProcess, lines: string[], port: number): Promise<void> {
  if (!child.stderr) throw new Error("sshd has no standard error");
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`sshd ended with ${code}:\n${lines.join("\n")}`)));
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => {
      lines.push(line);
      if (line.includes("Server listening on") && line.includes(`port ${port}`)) resolve();
    });
  });
}

async function stopTree(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  tell(treeOf(child.pid).toReversed(), "SIGKILL");
  await gone;
}

/** Whether this machine has what the suites with a real sshd need. */
export function hasSshd(): boolean {
  try {
    execFileSync("/usr/sbin/sshd", ["-V"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // Old versions know no -V and end with a complaint; a missing program has no exit status.
    return typeof error === "object" && error !== null && "status" in error && error.status !== null;
  }
}
