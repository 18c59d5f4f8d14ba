import { cancelled, type TunnelError } from "../error.ts";
import type { Host } from "../host/host.ts";
import type { Session } from "../link.ts";
import { answersFor } from "./answers.ts";
import { chainOf, type Hop } from "./chain.ts";
import type { Facts } from "./facts.ts";
import { failureOf, lossOf } from "./failure.ts";
import { readLogLines } from "./log-lines.ts";
import { keepApproved } from "./new-keys.ts";
import type { Opens } from "./opens.ts";
import { supervise, superviseOnWindows } from "./supervisor.ts";
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
  if (signal.aborted) throw cancelled();
  const lines = readLogLines(session.log);
  const watch = watchLogin(host.name, quietMs, signal);
  const answers = answersFor({ hops, session, lines, fail: watch.fail });
  const place = await openWorkplace(hops, session, (prompt, hint, left) =>
    watch.asking(() => answers.answer(prompt, hint, AbortSignal.any([signal, left]))),
  );
  const command = [ssh, "-F", place.config, ...logging, ...mode(place.folder), ...destination(host, hops)];
  const onWindows = session.environment.platform === "win32";
  const child = (onWindows ? superviseOnWindows : supervise)(
    { folder: place.folder, ssh, command, env: place.env },
    (line) => {
      watch.alive();
      lines.line(line);
    },
  );
  let stopped = false;
  const gone = child.ended.then(async () => {
    await place.remove();
    const loss = lossOf(host.name, lines.plain);
    lines.opens.end(loss);
    return stopped ? undefined : loss;
  });
  const stop = async () => {
    stopped = true;
    await child.stop();
    await gone;
  };

  const refused = child.ended.then(() => {
    throw failureOf(host.name, lines.plain, answers.passphraseAttempts());
  });
  try {
    await Promise.race([lines.ready, refused, watch.failed]).finally(() =>
      // A key that the user approved for good is kept, whatever becomes of the login.
      keepApproved(place.newKeys, answers.remembered, session),
    );
  } catch (error) {
    await stop();
    throw error;
  } finally {
    refused.catch(() => undefined);
    watch.close();
    await place.quiet();
  }
  return { folder: place.folder, hops, facts: lines.facts, opens: lines.opens, gone, stop };
}

/** Enough to learn what became of each channel; LogVerbose (OpenSSH 8.5) lets through one line more of the next level. */
export const logging = ["-o", "LogLevel=DEBUG1", "-o", "LogVerbose=channels.c:channel_input_open_confirmation():*"];

/** Everything as it was resolved, so that the name can be given bare: `-l` and `-p` take no part in finding its block. */
export function destination({ user, port }: Host, hops: readonly Hop[]): readonly string[] {
  return ["-l", user, "-p", String(port), "--", hops.at(-1)?.alias ?? ""];
}
