import type { Environment } from "../environment.ts";
import { cancelled, type TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { knownKeyTypes } from "../trust.ts";
import { answersFor } from "./answers.ts";
import type { Answer } from "./ask.ts";
import { chainOf, type Hop } from "./chain.ts";
import type { Facts } from "./facts.ts";
import { failureOf, lossOf } from "./failure.ts";
import { type LogLines, readLogLines } from "./log-lines.ts";
import { keepApproved } from "./new-keys.ts";
import type { Opens } from "./opens.ts";
import { type Program, type Supervised, supervise, superviseOnWindows } from "./supervisor.ts";
import { watchLogin } from "./watch.ts";
import { openWorkplace } from "./workplace.ts";

/** A connected `ssh` of ours. */
export type Master = {
  /** Its private folder. */
  readonly folder: string;
  readonly hops: readonly Hop[];
  readonly facts: Facts;
  readonly opens: Opens;
  /** Settles when it is gone: with why, where `stop` was not called. */
  readonly gone: Promise<TunnelError | undefined>;
  /** Ends it; settles when nothing of it is left. */
  stop(): Promise<void>;
};

/** Milliseconds without a word from `ssh` and without an open question, after which connecting has failed. */
const quietMs = 60_000;

/**
 * Logs in with the system's `ssh`, with our config before the user's. `mode` says what it is to do then, in its private
 * folder. Rejects with a `TunnelError`, and then leaves nothing behind.
 */
export async function startMaster(
  ssh: string,
  host: Host,
  session: Session,
  signal: AbortSignal,
  mode: (folder: string) => readonly string[],
): Promise<Master> {
  const hops = await chainOf(host, session, signal);
  // OpenSSH passes over a known_hosts file that it cannot read, with the revocations in it; this rejects.
  await Promise.all(hops.map((hop) => knownKeyTypes(hop.host)));
  if (signal.aborted) throw cancelled();
  const lines = readLogLines(session.log);
  const watch = watchLogin(host.name, quietMs, signal);
  const answers = answersFor({ hops, session, lines, fail: watch.fail });
  const answer: Answer = (prompt, hint, left) =>
    watch.asking(() => answers.answer(prompt, hint, AbortSignal.any([signal, left])));
  const place = await openWorkplace(ssh, hops, session, answer, signal).catch((error) => {
    watch.close();
    throw error;
  });
  const command = [ssh, "-F", place.config, ...logging, ...mode(place.folder), ...destination(host, hops)];
  const child = run({ folder: place.folder, ssh, command, env: place.env }, session.environment, (line) => {
    watch.alive();
    lines.line(line);
  });
  const refused = child.ended.then(() => {
    throw failureOf(host.name, lines.plain, answers.passphraseAttempts());
  });
  const loggedIn = Promise.race([lines.ready, refused, watch.failed]);
  // A key that the user approved for good is kept, whatever becomes of the login.
  const kept = loggedIn.catch(() => undefined).then(() => keepApproved(place.newKeys, answers.remembered, session));
  const life = lifeOf(child, kept.then(place.quiet).finally(watch.close), place.remove, lines, host);
  try {
    await loggedIn;
    await kept;
    return { folder: place.folder, hops, facts: lines.facts, opens: lines.opens, ...life };
  } catch (error) {
    await kept;
    await life.stop();
    throw error;
  }
}

/** How the `ssh` ends once its login is over, and what is then cleared away. */
function lifeOf(
  child: Supervised,
  loginOver: Promise<void>,
  remove: () => Promise<void>,
  { plain, opens }: LogLines,
  { name }: Host,
): Pick<Master, "gone" | "stop"> {
  let stopped = false;
  const gone = child.ended.then(async () => {
    const loss = lossOf(name, plain);
    opens.end(loss);
    await loginOver;
    await remove();
    return stopped ? undefined : loss;
  });
  return {
    gone,
    async stop() {
      stopped = true;
      await child.stop();
      await gone;
    },
  };
}

function run(supervised: Program, { platform }: Environment, onLine: (line: string) => void): Supervised {
  return platform === "win32" ? superviseOnWindows(supervised, onLine) : supervise(supervised, onLine);
}

/** Enough to learn what became of each channel; LogVerbose (OpenSSH 8.5) lets through one line more of the next level. */
export const logging = ["-o", "LogLevel=DEBUG1", "-o", "LogVerbose=channels.c:channel_input_open_confirmation():*"];

/** User and port as they were resolved, so that the name can be given bare, as its `Host` block has it. */
export function destination({ user, port }: Host, hops: readonly Hop[]): readonly string[] {
  return ["-l", user, "-p", String(port), "--", hops.at(-1)?.alias ?? ""];
}
