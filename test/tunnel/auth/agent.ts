import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import type { KeyPair, Scratch } from "../scratch.ts";

/** A real ssh-agent with these keys. */
export type TestAgent = { readonly socket: string; stop(): Promise<void> };

export async function startAgent(folder: Scratch, keys: readonly KeyPair[]): Promise<TestAgent> {
  const socket = folder.file("agent");
  const child = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "ignore"] });
  const gone = once(child, "exit");
  // It names its socket once it listens there; the file is there a moment earlier.
  await once(child.stdout, "data");
  for (const { file } of keys) {
    execFileSync("ssh-add", ["-q", file], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "pipe" });
  }
  return {
    socket,
    async stop() {
      child.kill();
      await gone;
      rmSync(socket, { force: true });
    },
  };
}
