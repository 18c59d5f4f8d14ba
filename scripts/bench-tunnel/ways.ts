import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { freePort, treeOf } from "../../test/tunnel/sshd.ts";
import type { Far } from "./far.ts";

/** One way to the server. */
export type Way = {
  readonly name: "direct" | "ssh -L" | "ours, ssh2" | "ours, system ssh";
  readonly port: number;
  /** Processor seconds that its processes on this side have used so far. */
  processorSeconds(): number;
  /** Resident memory of its processes, MiB. */
  memory(): number;
  /** Asks our process something; only where it is ours. */
  ask?(order: string): Promise<number>;
  close(): Promise<void>;
};

export function directWay({ port }: Far): Way {
  return { name: "direct", port, processorSeconds: () => 0, memory: () => 0, close: async () => undefined };
}

export async function openWays(far: Far, node: string, sshPort: number): Promise<Way[]> {
  const config = far.config(sshPort);
  const ways: Way[] = [];
  try {
    ways.push(await sshWay(far, config));
    for (const engine of ["ssh2", "openssh"] as const) ways.push(await ourWay(far, node, config, engine));
    return ways;
  } catch (error) {
    for (const way of ways) await way.close();
    throw error;
  }
}

async function sshWay(far: Far, config: string): Promise<Way> {
  const port = await freePort();
  const forward = `127.0.0.1:${port}:127.0.0.1:${far.port}`;
  const child = spawn("ssh", ["-F", config, "-N", "-o", "ExitOnForwardFailure=yes", "-L", forward, "far"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  return { name: "ssh -L", port, ...usage(child), close: () => ended(child, () => child.kill()) };
}

/** Our process, which the way lives in; `inThread` puts everything on its main thread, to see its memory. */
export async function ourWay(
  far: Far,
  node: string,
  config: string,
  engine: "ssh2" | "openssh",
  inThread = false,
): Promise<Way> {
  const args = ["--expose-gc", "out/scripts/near.js", engine, config, `${far.folder}/state`, String(far.port)];
  const child = spawn(node, [...args, ...(inThread ? ["in-thread"] : [])], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value ?? `"it ended"`));
  // Our own script prints this.
  const opened = (await next()) as { port: number; engine: string; state: string };
  if (opened.engine !== engine || opened.state !== "up")
    throw new Error(`asked for ${engine}: ${JSON.stringify(opened)}`);
  return {
    name: engine === "ssh2" ? "ours, ssh2" : "ours, system ssh",
    port: opened.port,
    ...usage(child),
    async ask(order) {
      child.stdin.write(`${order}\n`);
      return Number(await next());
    },
    close: () => ended(child, () => child.stdin.end()),
  };
}

function usage({ pid = 0 }: ChildProcess): Pick<Way, "processorSeconds" | "memory"> {
  const sum = (read: (pid: number) => number) => treeOf(pid).reduce((total, each) => total + read(each), 0);
  return { processorSeconds: () => sum(processorSecondsOf), memory: () => sum(memoryOf) };
}

/** From proc(5): fields 14 and 15 of stat, in ticks of a hundredth of a second. */
function processorSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

function ended(child: ChildProcess, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    end();
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("connect", () => socket.destroy());
    socket.on("error", () => resolve(false));
    socket.on("close", (failed) => failed || resolve(true));
  });
}
