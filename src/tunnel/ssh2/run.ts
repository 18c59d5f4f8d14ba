import type { ClientChannel } from "ssh2";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { gather } from "../gather.ts";
import { harmless } from "../harmless.ts";
import type { RunResult } from "../link.ts";
import { settled, type Trunk } from "./channels.ts";

/** Runs exactly `command`, as `Link.run` promises it. */
export async function run(trunk: Trunk, command: string, input: string, signal: AbortSignal): Promise<RunResult> {
  const { client, lost } = trunk;
  const channel = await settled<ClientChannel>(
    [lost, signal],
    (done) => client.exec(command, done),
    (late) => late.close(),
  ).catch((error: unknown) => {
    throw signal.aborted ? cancelled() : lost.aborted ? lost.reason : refused(error);
  });
  return resultOf(channel, input, AbortSignal.any([signal, lost])).catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
}

function resultOf(channel: ClientChannel, input: string, over: AbortSignal): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const stdout = gather(channel);
    const stderr = gather(channel.stderr);
    let code: number | undefined;
    const abort = () => {
      // sshd hands the signal on (RFC 4254 §6.9); without it a command that says nothing would go on.
      channel.signal("TERM");
      channel.close();
      reject(over.reason);
    };
    over.addEventListener("abort", abort, { once: true });
    channel.on("exit", (status: number | null) => {
      code = status ?? undefined;
    });
    channel.once("close", () => {
      over.removeEventListener("abort", abort);
      resolve({ stdout: stdout(), stderr: stderr(), code });
    });
    channel.on("error", reject);
    channel.end(input);
    if (over.aborted) abort();
  });
}

function refused(error: unknown): TunnelError {
  const reason = harmless(error instanceof Error ? error.message : String(error), { oneLine: true, most: 200 });
  return new TunnelError("cannot-look", message("The host did not let us run a command: {reason}", { reason }), error);
}
