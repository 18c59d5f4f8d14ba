import { accessSync, constants, statSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

/** All that the SSH half needs to know of the machine it runs on, as plain data, so that a worker can be given it. */
export type Environment = {
  readonly home: string;
  /** The local user's name. */
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's ssh config, where it is not `~/.ssh/config`; as with `ssh -F`, the system's is then left out. */
  readonly configFile?: string;
  /** The OpenSSH client; absent where there is none. */
  readonly ssh?: string;
  /** A folder of ours, 0700, for what must outlive one process: lock files, generated configs. */
  readonly stateFolder: string;
  /** The folder of our own bundles, where `askpass.js` is. */
  readonly bundleFolder: string;
};

/**
 * The environment of a process. The home is the account's, as for OpenSSH, which does not ask `$HOME`; the bundles are
 * where the one is that this was built into.
 */
export function environmentOf(
  { env, platform }: Pick<NodeJS.Process, "env" | "platform">,
  bundleFolder = __dirname,
  configFile?: string,
): Environment {
  const { home, user } = account(env);
  const ssh = sshOf(env, platform);
  return {
    home,
    user,
    // A copy: the process's own cannot be sent to a worker.
    env: { ...env },
    platform,
    stateFolder: join(stateHome(env, platform, home), "launch-guard"),
    bundleFolder,
    ...(configFile === undefined ? {} : { configFile }),
    ...(ssh === undefined ? {} : { ssh }),
  };
}

/** An account without an entry in passwd, as in many containers, has only its environment. */
function account(env: NodeJS.ProcessEnv): { home: string; user: string } {
  try {
    const { homedir: home, username: user } = userInfo();
    return { home, user };
  } catch {
    return { home: homedir(), user: env["USER"] ?? env["USERNAME"] ?? String(process.getuid?.() ?? "") };
  }
}

function sshOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const name = platform === "win32" ? "ssh.exe" : "ssh";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter(isAbsolute);
  // Where Windows puts its OpenSSH, which is not always on the PATH.
  if (platform === "win32") folders.push(join(env["SystemRoot"] ?? "C:\\Windows", "System32", "OpenSSH"));
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The XDG base directory specification ignores relative paths in its variables. */
function stateHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === "win32") return env["LOCALAPPDATA"] ?? join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  const given = env["XDG_STATE_HOME"] ?? "";
  return isAbsolute(given) ? given : join(home, ".local", "state");
}
