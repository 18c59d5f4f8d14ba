import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { treeOf } from "../sshd.ts";

/** Where a process and its descendants listen for TCP, as the kernel writes it: `0100007F:1F90` is 127.0.0.1:8080. */
export function listenersOf(pid: number): readonly string[] {
  const sockets = new Set(treeOf(pid).flatMap(socketsOf));
  return listeners()
    .filter(({ inode }) => sockets.has(inode))
    .map(({ address }) => address);
}

/** Where anything listens on a port of this machine, in the same writing. */
export function listeningOn(port: number): readonly string[] {
  const digits = port.toString(16).toUpperCase().padStart(4, "0");
  return listeners()
    .map(({ address }) => address)
    .filter((address) => address.endsWith(`:${digits}`));
}

function listeners(): { readonly address: string; readonly inode: string }[] {
  return ["tcp", "tcp6"]
    .flatMap((table) => readFileSync(`/proc/self/net/${table}`, "utf8").trim().split("\n").slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, address = "", , , , , , , , inode = ""]) => ({ address, inode }));
}

/** Those of them that more than 127.0.0.1 leads to. */
export function listenersBeyondLoopback(pid: number): readonly string[] {
  return listenersOf(pid).filter((address) => !address.startsWith("0100007F:"));
}

/** Arguments and environment of a process's descendants. */
export function wordsOfDescendants(pid: number): readonly string[] {
  return treeOf(pid)
    .slice(1)
    .flatMap((child) => [orNothing(() => readFileSync(`/proc/${child}/cmdline`, "utf8"), ""), environmentOf(child)]);
}

/** The environment that a process was started with; empty where it is not ours to read. */
export function environmentOf(pid: number): string {
  return orNothing(() => readFileSync(`/proc/${pid}/environ`, "utf8"), "");
}

function socketsOf(pid: number): readonly string[] {
  return orNothing(() => readdirSync(`/proc/${pid}/fd`), []).flatMap((fd) => {
    const target = orNothing(() => readlinkSync(`/proc/${pid}/fd/${fd}`), "");
    return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
  });
}

/** A process may end while it is looked at. */
function orNothing<T>(look: () => T, nothing: T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}
