import { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import { giveAway } from "../give-back.ts";
import { harmless } from "../harmless.ts";
import { type Target, targetText } from "../target.ts";
import { keepsNoInput, type ReceiveWindow, receiveWindow } from "./internals.ts";
import type { Lane, receiveWindows } from "./window.ts";

/** Where channels are opened. */
export type Trunk = {
  readonly client: Client;
  /** Aborts at once when the connection is lost or closed; its reason is a `TunnelError`. */
  readonly lost: AbortSignal;
  readonly windows: ReturnType<typeof receiveWindows>;
};

/** A stream to something behind the host, as `Link.open` promises it. */
export async function openStream(trunk: Trunk, target: Target, signal: AbortSignal): Promise<Duplex> {
  const { client, lost } = trunk;
  const limit = timeLimit(openMs);
  const channel = await settled<ClientChannel>(
    [lost, signal, limit.signal],
    (done) => {
      if (target.kind === "tcp") client.forwardOut("127.0.0.1", 0, target.host, target.port, done);
      else client.openssh_forwardOutStreamLocal(target.path, done);
    },
    abandon,
  )
    .catch((error: unknown) => {
      throw signal.aborted ? cancelled() : openFailure(target, error);
    })
    .finally(limit.clear);
  return streamOf(channel, trunk);
}

/** Milliseconds; a target behind the host that does not answer keeps sshd waiting for minutes. */
const openMs = 30_000;

/**
 * One request of ssh2, which throws when the link is down, calls back otherwise, and may do so when nobody waits any
 * more: `discard` is given what comes then. Rejects with the reason of whichever signal aborts first.
 */
export function settled<Result>(
  ends: readonly AbortSignal[],
  ask: (done: (error: Error | undefined, result: Result) => void) => void,
  discard: (late: Result) => void,
): Promise<Result> {
  let over = false;
  let end = () => {};
  const answer = new Promise<Result>((resolve, reject) => {
    end = () => reject(ends.find(({ aborted }) => aborted)?.reason);
    // One by one: `AbortSignal.any` leaves something behind in a signal that lives as long as the link.
    for (const signal of ends) signal.addEventListener("abort", end, { once: true });
    if (ends.some(({ aborted }) => aborted)) return end();
    ask((error, result) => {
      if (error) reject(error);
      else if (over) discard(result);
      else resolve(result);
    });
  });
  return answer.finally(() => {
    over = true;
    for (const signal of ends) signal.removeEventListener("abort", end);
  });
}

/** As `AbortSignal.timeout`, whose timer stays when it is of no more use. */
export function timeLimit(ms: number): { readonly signal: AbortSignal; clear(): void } {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException("It took too long.", "TimeoutError")), ms);
  return { signal: limit.signal, clear: () => clearTimeout(timer) };
}

/** RFC 4254 §5.1: 1 is administratively prohibited, 2 connect failed, 3 unknown channel type, 4 resource shortage. */
function openFailure(target: Target, error: unknown): TunnelError {
  if (error instanceof TunnelError) return error;
  const values = { target: targetText(target), reason: textOf(error) };
  const reason: unknown = error instanceof Error && "reason" in error ? error.reason : undefined;
  if (reason === 1 || reason === 3) {
    const template = "The host does not allow a connection to {target}: {reason}";
    return new TunnelError("forwarding-forbidden", message(template, values), error);
  }
  if (typeof reason === "number") {
    const template = "Nothing answers at {target} on the host: {reason}";
    return new TunnelError("nothing-listens", message(template, values), error);
  }
  if (error instanceof DOMException) {
    return new TunnelError("timed-out", message("{target} did not answer in time.", values), error);
  }
  return new TunnelError("connection-lost", message("The connection to the host is lost.", values), error);
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message.replace(/^\(SSH\) Channel open failure: /, "") : String(error);
  return harmless(text, { oneLine: true, most: 200 });
}

/**
 * The channel as a stream like any other. ssh2's own is not: its `destroy` destroys nothing, and when the connection
 * goes it ends as if all had arrived, or, where nobody reads, not at all.
 */
function streamOf(channel: ClientChannel, { client, lost, windows }: Trunk): Duplex {
  const window = receiveWindow(client, channel);
  const lane = window && windows(window);
  const stream = new Duplex({
    readableHighWaterMark: bufferBytes,
    read: () => void channel.resume(),
    write: (chunk: Buffer, _encoding, done) => void channel.write(chunk, () => done()),
    writev: (chunks, done) => void channel.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), () => done()),
    final: (done) => void channel.end(() => done()),
    destroy(error, done) {
      lost.removeEventListener("abort", abort);
      lane?.ended();
      abandon(channel, window);
      done(error);
    },
  });
  const abort = () => void stream.destroy(lost.reason);
  lost.addEventListener("abort", abort, { once: true });
  if (lost.aborted) abort();
  // Another cipher's plain text lies where its cipher text did, beside that of the next packet.
  if (keepsNoInput(client)) giveAway(stream);
  carry(channel, stream, lane);
  return stream;
}

/** Bytes; a reader that is so far behind is waited for. */
const bufferBytes = 512 * 1024;

function carry(channel: ClientChannel, stream: Duplex, lane: Lane | undefined): void {
  // Both halves have ended when streams call this by themselves. ssh2's own ends the channel once more, which makes an
  // error for nobody: a fiftieth of what a short connection costs.
  channel.destroy = () => {
    channel.close();
    return channel;
  };
  channel.on("data", (chunk: Buffer) => {
    if (stream.destroyed) return;
    lane?.received(chunk.length);
    if (stream.push(chunk)) return;
    lane?.stalled();
    channel.pause();
  });
  channel.on("end", () => stream.push(null));
  channel.on("error", (error: Error) => stream.destroy(error));
  // The far side takes no more. What it has sent is still read.
  channel.once("close", () => {
    if (stream.readableEnded) stream.destroy();
    else stream.once("end", () => stream.destroy());
  });
  // Whoever opened it may not listen yet; an error unheard would end the process.
  stream.on("error", () => {});
}

/** Closes the channel, and lets what still arrives go by. */
function abandon(channel: ClientChannel, window?: ReceiveWindow): void {
  channel.on("error", () => {});
  window?.shut();
  channel.close();
  channel.resume();
}
