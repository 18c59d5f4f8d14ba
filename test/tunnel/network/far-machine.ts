import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";

/**
 * Another machine at the other end of a cable: a network namespace with a veth pair. Its address is ours to reach, and
 * the cable can be pulled. Needs root.
 */
export type FarMachine = {
  /** Its address; from the block that is set aside for measuring networks (RFC 2544). */
  readonly address: string;
  /** Puts a command on that machine: `[...within, "sshd", …]`. */
  readonly within: readonly string[];
  /** Pulls the cable: packets are lost, nobody is told. */
  cut(): void;
  mend(): void;
  /** The machine and its cable are gone; its processes are the caller's to end before. */
  remove(): void;
};

export function farMachine(): FarMachine {
  const id = `lg${process.pid.toString(36)}${randomInt(36 ** 2).toString(36)}`;
  const block = `198.18.${randomInt(256)}.${randomInt(64) * 4}`.split(".").map(Number);
  const at = (host: number) => [...block.slice(0, 3), (block[3] ?? 0) + host].join(".");
  const [near, far] = [`${id}a`, `${id}b`];
  ip("netns", "add", id);
  ip("link", "add", near, "type", "veth", "peer", "name", far);
  ip("link", "set", far, "netns", id);
  ip("addr", "add", `${at(1)}/30`, "dev", near);
  ip("link", "set", near, "up");
  ip("-n", id, "addr", "add", `${at(2)}/30`, "dev", far);
  ip("-n", id, "link", "set", far, "up");
  ip("-n", id, "link", "set", "lo", "up");
  return {
    address: at(2),
    within: ["ip", "netns", "exec", id],
    cut: () => ip("-n", id, "link", "set", far, "down"),
    mend: () => ip("-n", id, "link", "set", far, "up"),
    remove: () => ip("netns", "del", id),
  };
}

function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Whether this process may make network namespaces. */
export function mayMakeMachines(): boolean {
  try {
    farMachine().remove();
    return true;
  } catch {
    return false;
  }
}
