import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { JudgedLaunch } from "../core/lint.ts";

/** The port that this machine itself opens for a launch; nothing where it is not known or there are several. */
export function portOf(judged: JudgedLaunch): number | undefined {
  return judged.launch.runs.ssh ? undefined : portThere(judged);
}

/** The same on whatever machine the launch runs, as on the host of `ssh HOST …`. */
export function portThere({ launch }: JudgedLaunch): number | undefined {
  const [main] = launch.endpoints.filter(({ role }) => role === "main");
  const { runs } = launch;
  const passed =
    runs.on === "container" && !runs.hostNetwork && runs.publishes !== "unknown" ? runs.publishes : undefined;
  const [only, ...more] = passed ? passed.map(({ host }) => host) : (main?.ports ?? []);
  return only && more.length === 0 && only.from === only.to ? only.from : undefined;
}

/** Whether something listens on a port of this machine: by the kernel's word where it gives one, else by trying. */
export async function isListening(port: number): Promise<boolean> {
  if (process.platform !== "linux") return accepts(port);
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "latin1").catch(() => "")),
  );
  // proc_net_tcp(5): the local port in four hexadecimal digits, and state 0A for a socket that listens.
  const row = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, "0")} [0-9A-F]+:[0-9A-F]{4} 0A `);
  return tables.some((table) => row.test(table));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(1000, () => answer(false));
    socket.on("error", () => answer(false));
    socket.on("connect", () => answer(true));
  });
}
