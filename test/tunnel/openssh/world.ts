import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildSync } from "esbuild";
import { render } from "../../../src/core/message.ts";
import type { Environment } from "../../../src/tunnel/environment.ts";
import { TunnelError } from "../../../src/tunnel/error.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import type { Session } from "../../../src/tunnel/link.ts";
import type {
  HostKeyAnswer,
  HostKeyQuestion,
  InteractiveQuestion,
  SecretQuestion,
} from "../../../src/tunnel/prompts.ts";
import type { Target } from "../../../src/tunnel/target.ts";
import { trustedKeys } from "../../../src/tunnel/trust.ts";
import type { Scratch } from "../scratch.ts";
import type { Sshd } from "../sshd.ts";

/** A person at a machine of their own: an ssh config, files for it, and answers to what they are asked. */
export type World = {
  readonly session: Session;
  readonly asked: { keys: HostKeyQuestion[]; secrets: SecretQuestion[]; fields: InteractiveQuestion[] };
  readonly log: string[];
  readonly notices: string[];
  answers: {
    key: HostKeyAnswer | undefined;
    secrets: (string | undefined)[];
  };
  readonly knownHosts: string;
};

let bundled: string | undefined;

/** The askpass program as it ships, made once per scratch folder. */
function bundleFolder(scratch: Scratch): string {
  const folder = scratch.file("bundles");
  if (bundled === folder) return folder;
  buildSync({
    entryPoints: ["src/tunnel/openssh/askpass.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: `${folder}/askpass.js`,
    logLevel: "warning",
  });
  bundled = folder;
  return folder;
}

let count = 0;

export function makeWorld(scratch: Scratch, config: readonly string[], hosts: readonly Host[] = []): World {
  const name = `world-${++count}`;
  const runtime = scratch.file(name);
  mkdirSync(runtime, { mode: 0o700 });
  const configFile = `${runtime}/config`;
  writeFileSync(configFile, `${config.join("\n")}\n`);
  const environment: Environment = {
    home: runtime,
    user: "me",
    env: { PATH: process.env["PATH"], XDG_RUNTIME_DIR: runtime },
    platform: process.platform,
    configFile,
    ssh: "/usr/bin/ssh",
    stateFolder: runtime,
    bundleFolder: bundleFolder(scratch),
  };
  const asked: World["asked"] = { keys: [], secrets: [], fields: [] };
  const answers: World["answers"] = { key: undefined, secrets: [] };
  const log: string[] = [];
  const notices: string[] = [];
  const session: Session = {
    environment,
    log: (level, line) => log.push(`${level} ${line}`),
    trusted: trustedKeys(),
    keepaliveSeconds: 15,
    resolve: async (wanted) => {
      const found = hosts.find((host) => host.name === wanted);
      if (!found) throw new Error(`no host ${wanted}`);
      return found;
    },
    prompts: {
      hostKey: async (question) => {
        asked.keys.push(question);
        return answers.key;
      },
      secret: async (question) => {
        asked.secrets.push(question);
        return answers.secrets.shift();
      },
      interactive: async (question) => {
        asked.fields.push(question);
        const answer = answers.secrets.shift();
        return answer === undefined ? undefined : [answer];
      },
      notice: (text) => notices.push(render(text)),
    },
  };
  return { session, asked, log, notices, answers, knownHosts: `${runtime}/known_hosts` };
}

/** All that another process needs to hold a link. */
export type Plain = {
  readonly environment: Environment;
  readonly sshd: Pick<Sshd, "port" | "user" | "userKey">;
  readonly host: Partial<Host>;
  readonly target: Target;
};

/** A session in which nobody answers. */
export function sessionFrom(environment: Environment): Session {
  const nobody = async () => undefined;
  return {
    environment,
    prompts: { hostKey: nobody, secret: nobody, interactive: nobody, notice: () => {} },
    log: () => {},
    trusted: trustedKeys(),
    keepaliveSeconds: 15,
    resolve: () => Promise.reject(new Error("There is no other host.")),
  };
}

/** The same host in an ssh config. */
export function blockOf(name: string, sshd: Plain["sshd"], more: readonly string[] = []): readonly string[] {
  return [
    `Host ${name}`,
    ...more,
    "HostName 127.0.0.1",
    `Port ${sshd.port}`,
    `User ${sshd.user}`,
    `IdentityFile ${sshd.userKey.file}`,
    "IdentitiesOnly yes",
    "GlobalKnownHostsFile none",
  ];
}

/** Processes that were started for a world, by the kernel's word: its folder is in their arguments or environment. */
export function processesOf({ session }: World): readonly number[] {
  const folder = session.environment.stateFolder;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map(Number)
    .filter(
      (pid) => textOf(`/proc/${pid}/cmdline`).includes(folder) || textOf(`/proc/${pid}/environ`).includes(folder),
    );
}

/** Files that a link keeps while it is there. */
export function foldersOf({ session }: World): readonly string[] {
  return readdirSync(session.environment.stateFolder).filter((name) => name.startsWith("lgs-"));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended while we looked.
    return "";
  }
}

export function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof TunnelError, `${error}`);
    assert.equal(error.code, code, error.message);
    return true;
  };
}
