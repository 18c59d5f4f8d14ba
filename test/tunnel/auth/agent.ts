import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, watch } from "node:fs";
import type { KeyPair, Scratch } from "../scratch.ts";

/** A real ssh-agent with these keys. */
export type TestAgent = { readonly socket: string; stop(): Promise<void> };

export async function startAgent(folder: Scratch, keys: readonly KeyPair[]): Promise<TestAgent> {
  const socket = folder.file("agent");
  const child: ChildProcess = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  const gone = once(child, "exit");
  await appears(folder.path, socket);
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

async function appears(folder: string, file: string): Promise<void> {
  const watcher = watch(folder);
  try {
    while (!existsSync(file)) await once(watcher, "change");
  } finally {
    watcher.close();
  }
}
