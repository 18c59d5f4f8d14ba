import { spawn } from "node:child_process";
import { message } from "../../core/message.ts";
import type { Environment } from "../environment.ts";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { ConfigProblem } from "./host.ts";
import type { HostName } from "./name.ts";
import type { Settings } from "./settings.ts";

/** What OpenSSH says of a host; or, as it refuses a config for a single bad line, which lines those are. */
export type Asked = { readonly settings: Settings } | { readonly badLines: readonly ConfigProblem[] };

/**
 * Asks `ssh -G`, which runs the `Match exec` of the config. Rejects with `config-unreadable`, `timed-out` or
 * `cancelled`.
 */
export async function askSsh(
  ssh: string,
  { host, user, port }: HostName,
  environment: Environment,
  signal: AbortSignal,
): Promise<Asked> {
  const { configFile } = environment;
  const args = [
    "-G",
    ...(configFile === undefined ? [] : ["-F", configFile]),
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", String(port)]),
    "--",
    host,
  ];
  const { code, stdout, stderr } = await run(ssh, args, environment, signal);
  if (code === 0) return { settings: settingsOf(stdout) };
  const badLines = stderr.split("\n").flatMap(badLine);
  if (badLines.length > 0 || stderr.includes(tooDeep)) return { badLines };
  throw new TunnelError("config-unreadable", whatItSaid(stderr));
}

const timeoutMs = 5000;
const mostCharacters = 1024 * 1024;

/** readconf.c: the one complaint about a line that does not name it. Our own reader does. */
const tooDeep = "Too many recursive configuration includes";

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** In a process group of its own, so that what a `Match exec` has started ends with it. */
function run(ssh: string, args: readonly string[], { env, platform }: Environment, signal: AbortSignal) {
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise<Ended>((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const grouped = platform !== "win32";
    const child = spawn(ssh, args, { env, detached: grouped, windowsHide: true, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        if (output[name].length < mostCharacters) output[name] += text;
      });
    }
    const end = () => {
      kill(child.pid, grouped);
      // What left the group may still hold the pipes.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const either = AbortSignal.any([signal, timeout]);
    either.addEventListener("abort", end, { once: true });
    child.once("error", (error) => reject(new TunnelError("ssh-missing", notStarted(ssh), error)));
    child.once("close", (code) => {
      either.removeEventListener("abort", end);
      if (signal.aborted) reject(cancelled());
      else if (timeout.aborted) reject(new TunnelError("timed-out", tooSlow()));
      else resolve({ code, ...output });
    });
  });
}

function kill(pid: number | undefined, grouped: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(grouped ? -pid : pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

function settingsOf(printed: string): Settings {
  const settings = new Map<string, string[]>();
  for (const line of printed.split(/\r?\n/)) {
    const [, keyword, value] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    const lower = keyword.toLowerCase();
    settings.set(lower, [...(settings.get(lower) ?? []), value]);
  }
  return settings;
}

/** `config line 3: Bad port 'abc'.`, or with a colon after the name: `config: line 2: Bad configuration option: foo`. */
function badLine(complaint: string): ConfigProblem[] {
  const [, file, line, why] = /^(.+?):? line (\d+): (.*?)\.?\s*$/.exec(complaint) ?? [];
  if (file === undefined || why === undefined) return [];
  return [{ file, line: Number(line), said: message("{why}", { why: harmless(why, { oneLine: true, most: 200 }) }) }];
}

function whatItSaid(stderr: string) {
  const said = harmless(stderr.trim().split("\n").at(-1) ?? "", { oneLine: true, most: 300 });
  return message("ssh cannot use its config: {said}", { said });
}

function notStarted(ssh: string) {
  return message("{ssh} cannot be started.", { ssh });
}

function tooSlow() {
  return message("ssh took more than {seconds} s to read its config.", { seconds: timeoutMs / 1000 });
}
