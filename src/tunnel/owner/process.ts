import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { threadId } from "node:worker_threads";
import type { OwningProcess } from "./record.ts";

/** This process, as others will recognise it. */
export function thisProcess(): OwningProcess {
  const started = startOf(process.pid);
  return { pid: process.pid, thread: threadId, ...(started !== undefined && { started }) };
}

/** Whether it still runs: a process has that number, and was started when this one was, as far as that can be told. */
export function runs({ pid, started }: Pick<OwningProcess, "pid" | "started">): boolean {
  if (!exists(pid)) return false;
  const now = startOf(pid);
  return started === undefined || now === undefined || now === started;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function startOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return startOnLinux(pid);
    if (process.platform === "win32") return undefined;
    const asked = ["-o", "lstart=", "-p", String(pid)];
    return execFileSync("ps", asked, { encoding: "utf8", env: { LC_ALL: "C", TZ: "UTC" }, timeout: 2000 }).trim();
  } catch {
    // It has ended meanwhile, or the system does not tell.
    return undefined;
  }
}

/** proc_pid_stat(5): field 22, in ticks since boot; with the boot's own id, because ticks begin again with each. */
function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  // A zombie has ended, although its number is still there.
  return fields[0] === "Z" ? "ended" : `${boot} ${fields[19]}`;
}
