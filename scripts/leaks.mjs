/**
 * What tests leave behind. A run gets a temporary folder of its own, which everything that it starts inherits: so its
 * files are those in there, and its processes those that name it, wherever they have gone since. Processes and sockets
 * are looked up in /proc; where there is none, only files are.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Begins to watch this process. Nothing else uses TMPDIR's folder until `end`. */
export function watchForLeaks() {
  const given = process.env.TMPDIR;
  // Short, because the path of a unix socket may have 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), "lgt"));
  // As /tmp is: some tests start something as another user.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return {
    /** A line for each thing that is left; what is just ending has some seconds for that. */
    async left() {
      const deadline = performance.now() + graceMs;
      for (;;) {
        const left = [...processes(folder), ...listeners(), ...namespaces(), ...files(folder)];
        if (left.length === 0 || performance.now() > deadline) return left;
        await setTimeout(50);
      }
    },
    /** Gives TMPDIR back, and removes what is left of files. */
    end() {
      if (given === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = given;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const graceMs = 5_000;

function files(folder) {
  return readdirSync(folder).map((name) => `file ${join(folder, name)}`);
}

/** Children of this process, and whatever names the folder in its arguments, environment or working directory. */
function processes(folder) {
  return entriesOf("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => isChild(pid) || traces(pid).some((trace) => trace.includes(folder)))
    .map(
      (pid) => `process ${pid}: ${text(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim() || "(ended, not reaped)"}`,
    );
}

function traces(pid) {
  return [text(`/proc/${pid}/cmdline`), text(`/proc/${pid}/environ`), link(`/proc/${pid}/cwd`)];
}

/** One that has ended is none, though its parent may never ask for it, as where that was a thread that is gone. */
function isChild(pid) {
  const stat = text(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(parent) === process.pid && state !== "Z";
}

/** Sockets that this process listens on: TCP in state 0A, unix with the flag __SO_ACCEPTCON (see proc(5) and net.h). */
function listeners() {
  const own = new Set(
    entriesOf("/proc/self/fd").map((fd) => /^socket:\[(\d+)\]$/.exec(link(`/proc/self/fd/${fd}`))?.[1]),
  );
  const tcp = ["tcp", "tcp6"].flatMap((table) =>
    rowsOf(table)
      .filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(inode))
      .map(([, address]) => `listener on ${table} ${address}`),
  );
  const unix = rowsOf("unix")
    .filter(([, , , flags, , , inode]) => flags === "00010000" && own.has(inode))
    .map((row) => `listener on ${row[7] ?? "an unnamed unix socket"}`);
  return [...tcp, ...unix];
}

/** Network namespaces that `test/tunnel/network/far-machine.ts` has made. */
function namespaces() {
  const own = `lg${process.pid.toString(36)}`;
  return entriesOf("/run/netns")
    .filter((name) => name.startsWith(own))
    .map((name) => `network namespace ${name}`);
}

function rowsOf(table) {
  return text(`/proc/self/net/${table}`)
    .split("\n")
    .slice(1)
    .map((row) => row.trim().split(/\s+/));
}

function entriesOf(folder) {
  return orNothing(() => readdirSync(folder), []);
}

function text(file) {
  return orNothing(() => readFileSync(file, "utf8"), "");
}

function link(file) {
  return orNothing(() => readlinkSync(file), "");
}

/** What is looked at may end meanwhile, or belong to somebody else. */
function orNothing(look, nothing) {
  try {
    return look();
  } catch {
    return nothing;
  }
}
