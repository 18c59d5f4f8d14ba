import type { Duplex } from "node:stream";
import { message } from "../../core/message.ts";
import type { Clock } from "../clock.ts";
import { cancelled, TunnelError } from "../error.ts";
import type { Link } from "../link.ts";
import { type Target, targetText } from "../target.ts";

/** What is asked of a service. */
export type Service = {
  readonly target: Target;
  /** The beginning of a request, such as `HEAD /`; nothing where it may not speak HTTP. */
  readonly request: string | undefined;
};

/**
 * Whether the service itself answers, by a stream of its own: with anything at all where it speaks HTTP, otherwise by
 * accepting the stream. Rejects with `nothing-listens`, `service-silent`, `forwarding-forbidden`, `connection-lost`,
 * `timed-out` where the host does not answer, or `cancelled`.
 */
export async function askService(
  link: Link,
  { target, request }: Service,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const silence = new AbortController();
  const over = new AbortController();
  const patience = AbortSignal.any([signal, silence.signal]);
  clock.wait(timeoutMs, over.signal).then(
    () => silence.abort(),
    () => undefined,
  );
  let stream: Duplex | undefined;
  try {
    stream = await link.open(target, patience);
    // It stays for the stream's whole life: an error that nobody hears would end the process.
    stream.on("error", () => undefined);
    if (request !== undefined) await firstByte(stream, request, patience);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (!silence.signal.aborted && error instanceof TunnelError) throw error;
    throw stream ? serviceSilent(link, target) : hostSilent(link);
  } finally {
    over.abort();
    stream?.destroy();
  }
}

/** Sends a request and resolves with the first byte of whatever comes back. */
function firstByte(stream: Duplex, request: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("closed without an answer")));
    stream.once("end", () => reject(new Error("ended without an answer")));
    signal.addEventListener("abort", () => reject(cancelled()), { once: true });
    stream.once("data", () => resolve());
    stream.write(`${request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  });
}

function serviceSilent({ host }: Link, target: Target): TunnelError {
  const said = message("The service at {target} on {host} does not answer.", {
    target: targetText(target),
    host: host.name,
  });
  return new TunnelError("service-silent", said);
}

function hostSilent({ host }: Link): TunnelError {
  return new TunnelError("timed-out", message("{host} has not answered for a while.", { host: host.name }));
}
