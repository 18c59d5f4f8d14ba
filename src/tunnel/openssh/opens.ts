import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import { type Target, targetText } from "../target.ts";

/**
 * What became of the connections to our forwards, read from the master's log: a unix socket is accepted before the far
 * side has answered, and is merely closed when the answer is no.
 */
export type Opens = {
  /** To be called right before the connection is made: a master takes them in the order in which they were made. */
  expect(target: Target): Expected;
  /** One line of the master's standard error. */
  line(text: string): void;
  /** Fails all that still wait. */
  end(error: TunnelError): void;
};

export type Expected = {
  /** Settles when the far side has opened the channel; rejects with the reason where it has not. */
  readonly opened: Promise<void>;
  /** The connection was not made after all. */
  forget(): void;
};

type Waiting = { readonly target: Target; readonly settle: (error?: TunnelError) => void };

/**
 * The lines are channels.c's, 7.6 to 10: `Connection to port -2 forwarding to HOST port PORT requested.` (debug1), then
 * `channel N: new …` (debug1), then `channel N: open confirm` (debug2, let through by LogVerbose) or
 * `channel N: open failed: REASON: TEXT`. One thread writes them, so the first two follow each other.
 */
export function watchOpens(): Opens {
  const waiting = new Map<string, Waiting[]>();
  const channels = new Map<string, Waiting>();
  let requested: string | undefined;
  const assign = (channel: string) => {
    const next = requested === undefined ? undefined : waiting.get(requested)?.shift();
    requested = undefined;
    if (next) channels.set(channel, next);
  };
  const settle = (channel: string, reason?: string) => {
    const one = channels.get(channel);
    channels.delete(channel);
    one?.settle(reason === undefined ? undefined : refusal(one.target, reason));
  };
  return {
    expect(target) {
      const { opened, resolve, reject } = settleable();
      // Whoever gave up no longer listens.
      opened.catch(() => undefined);
      const one: Waiting = { target, settle: (error) => (error ? reject(error) : resolve()) };
      const key = loggedAs(target);
      waiting.set(key, [...(waiting.get(key) ?? []), one]);
      return {
        opened,
        forget: () =>
          void waiting.set(
            key,
            (waiting.get(key) ?? []).filter((each) => each !== one),
          ),
      };
    },
    line(text) {
      const asked = /^debug1: Connection to port -?\d+ forwarding to (.*) requested\.$/.exec(text)?.[1];
      if (asked !== undefined) requested = asked;
      const made = /^debug1: channel (\d+): new direct-/.exec(text)?.[1];
      if (made !== undefined) assign(made);
      const confirmed = /^debug2: .*channel (\d+): open confirm/.exec(text)?.[1];
      if (confirmed !== undefined) settle(confirmed);
      const [, failed, reason] = /^channel (\d+): open failed: (.*)$/.exec(text) ?? [];
      if (failed !== undefined) settle(failed, reason ?? "");
    },
    end(error) {
      for (const one of [...channels.values(), ...[...waiting.values()].flat()]) one.settle(error);
      channels.clear();
      waiting.clear();
    },
  };
}

/** `%.100s port %d`; a unix socket's port is PORT_STREAMLOCAL, -2 (channels.h). */
function loggedAs(target: Target): string {
  const [name, port] = target.kind === "unix" ? [target.path, -2] : [target.host, target.port];
  return `${Buffer.from(name).subarray(0, 100).toString("latin1")} port ${port}`;
}

/** RFC 4254 §5.1, in the words of channels.c `reason2txt`. sshd gives no other reason than these for a unix socket. */
function refusal(target: Target, reason: string): TunnelError {
  const values = { target: targetText(target), reason: harmless(reason, { oneLine: true, most: 200 }) };
  return /^(?:administratively prohibited|unknown channel type)/.test(reason)
    ? new TunnelError(
        "forwarding-forbidden",
        message("The host does not allow a connection to {target}: {reason}.", values),
      )
    : new TunnelError("nothing-listens", message("Nothing answers at {target} on the host: {reason}.", values));
}

function settleable() {
  let resolve = () => {};
  let reject = (_: TunnelError) => {};
  const opened = new Promise<void>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { opened, resolve, reject };
}
