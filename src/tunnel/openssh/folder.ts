import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../environment.ts";
import { cancelForward } from "./mux.ts";

const prefix = "lgs-";

/**
 * A folder that only this user can enter, for sockets, the generated config and new host keys. Its path is short,
 * because a unix socket's may have 107 bytes (103 on macOS) and ssh adds 17 while it binds; and plain, because OpenSSH
 * hands the config's path to a shell unquoted when it starts the `ssh` of a jump host.
 */
export async function makeFolder(environment: Environment): Promise<string> {
  const folder = await mkdtemp(join(baseOf(environment), prefix));
  await chmod(folder, 0o700);
  await writeFile(join(folder, "owner"), `${process.pid}\n`);
  return folder;
}

/**
 * Clears up after a process of ours whose supervisor was killed too: takes its forwards out of the user's master, and
 * removes its folder.
 */
export async function removeStale(environment: Environment, ssh: string): Promise<void> {
  const base = baseOf(environment);
  const names = (await readdir(base)).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(base, name))) {
    if (await isStale(folder)) await clear(folder, ssh);
  }
}

function baseOf({ env, platform }: Environment): string {
  const candidates = [env["XDG_RUNTIME_DIR"], tmpdir()].filter((path) => path !== undefined);
  const fits = (path: string) => path.length <= 50 && /^\/[\w./-]*$/.test(path);
  return platform === "win32" ? tmpdir() : (candidates.find(fits) ?? "/tmp");
}

/** Ours, private, and of a process that is gone. A folder without an owner is just being made, or not ours. */
async function isStale(folder: string): Promise<boolean> {
  try {
    const { mode, uid } = await stat(folder);
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0) return false;
    return !isAlive(Number(await readFile(join(folder, "owner"), "utf8")));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Another window may be doing the same: what is gone already needs no clearing. */
async function clear(folder: string, ssh: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(".forward"))) {
    const [control = "", forward = ""] = (await readFile(join(folder, name), "utf8").catch(() => "")).split("\n");
    await cancelForward({ ssh, control }, forward);
  }
  await rm(folder, { recursive: true, force: true });
}
