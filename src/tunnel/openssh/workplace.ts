import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../environment.ts";
import type { Session } from "../link.ts";
import { quoted } from "../quoted.ts";
import { type Answer, serveQuestions } from "./ask.ts";
import type { Hop } from "./chain.ts";
import { makeFolder } from "./folder.ts";
import { writeUsableConfig } from "./usable-config.ts";

/** All that an `ssh` of ours is started with, in a private folder. */
export type Workplace = {
  readonly folder: string;
  readonly config: string;
  /** The known_hosts file that ssh writes approved keys to; not there before it has. */
  readonly newKeys: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Answers no more questions. */
  quiet(): Promise<void>;
  remove(): Promise<void>;
};

export async function openWorkplace(
  ssh: string,
  hops: readonly Hop[],
  session: Session,
  answer: Answer,
  signal: AbortSignal,
): Promise<Workplace> {
  const { environment } = session;
  const folder = await makeFolder(environment);
  const [config, newKeys] = [join(folder, "config"), join(folder, "known_hosts")];
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeUsableConfig({ folder, config, newKeys }, ssh, hops, session, signal);
    const askpass = await writeAskpass(folder, environment);
    const questions = await serveQuestions(questionSocket(folder, environment), answer);
    const asking = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force", ...questions.env };
    return { folder, config, newKeys, env: { ...environment.env, ...asking }, quiet: questions.close, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** OpenSSH runs SSH_ASKPASS without a shell, so it must be one file; the program that we run in may be an Electron. */
async function writeAskpass(folder: string, { bundleFolder, platform }: Environment): Promise<string> {
  const bundle = join(bundleFolder, "askpass.js");
  if (platform === "win32") {
    const file = join(folder, "askpass.cmd");
    await writeFile(file, `@set ELECTRON_RUN_AS_NODE=1\r\n@"${process.execPath}" "${bundle}" %*\r\n`);
    return file;
  }
  const file = join(folder, "askpass");
  const program = [process.execPath, bundle].map(quoted).join(" ");
  await writeFile(file, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${program} "$@"\n`);
  await chmod(file, 0o700);
  return file;
}

function questionSocket(folder: string, { platform }: Environment): string {
  return platform === "win32" ? `\\\\.\\pipe\\launch-guard-${process.pid}-${Date.now()}` : join(folder, "ask.sock");
}
