import { message } from "../../core/message.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Methods, Packet, Thrown } from "./protocol.ts";

/** Calls in both directions over a channel of packets. */
export type Exchange<Theirs extends Methods> = {
  /** Calls the other side; settles when it has, and rejects with its `TunnelError`. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    request: Parameters<Theirs[Name]>[0],
    signal: AbortSignal,
  ): ReturnType<Theirs[Name]>;
  /** Takes a packet of the other side; events are the caller's business. */
  receive(packet: Packet): void;
  /** How many calls the other side has yet to settle. */
  pending(): number;
  /** The other side is gone: rejects what waits for it, and gives up what it asked for. */
  end(error: TunnelError): void;
};

type Waiting = { resolve(value: unknown): void; reject(error: TunnelError): void };

/** Opens an exchange that sends by `send` and answers with `ours`. */
export function openExchange<Theirs extends Methods>(send: (packet: Packet) => void, ours: Methods): Exchange<Theirs> {
  const waiting = new Map<number, Waiting>();
  const answering = new Map<number, AbortController>();
  let ended: TunnelError | undefined;
  let lastId = 0;

  function call(name: string, request: unknown, signal: AbortSignal): Promise<unknown> {
    if (ended) return Promise.reject(ended);
    if (signal.aborted) return Promise.reject(cancelled());
    const id = ++lastId;
    const cancel = () => send({ type: "cancel", id });
    signal.addEventListener("abort", cancel, { once: true });
    const settled = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    send({ type: "call", id, name, request });
    return settled.finally(() => signal.removeEventListener("abort", cancel));
  }

  async function answer(id: number, name: string, request: unknown): Promise<void> {
    const given = new AbortController();
    answering.set(id, given);
    const packet = await outcome(id, ours, name, request, given.signal);
    answering.delete(id);
    if (!ended) send(packet);
  }

  function settle(id: number): Waiting | undefined {
    const waiter = waiting.get(id);
    waiting.delete(id);
    return waiter;
  }

  return {
    // The packets are untyped on the way; that `Theirs` answers a name with its own type is what the other side's
    // `ours` promises.
    call: (name, request, signal) => call(name, request, signal) as ReturnType<Theirs[typeof name]>,
    receive(packet) {
      if (packet.type === "call") void answer(packet.id, packet.name, packet.request);
      else if (packet.type === "cancel") answering.get(packet.id)?.abort();
      else if (packet.type === "result") settle(packet.id)?.resolve(packet.value);
      else if (packet.type === "failure") settle(packet.id)?.reject(revived(packet.failure));
    },
    pending: () => waiting.size,
    end(error) {
      ended = error;
      for (const { reject } of waiting.values()) reject(error);
      for (const given of answering.values()) given.abort();
      waiting.clear();
    },
  };
}

async function outcome(
  id: number,
  ours: Methods,
  name: string,
  request: unknown,
  signal: AbortSignal,
): Promise<Packet> {
  try {
    const method = Object.hasOwn(ours, name) ? ours[name] : undefined;
    if (!method) throw new Error(`nothing answers to ${name}`);
    // The other side was held to this method's own type of request when it was compiled.
    return { type: "result", id, value: await method(request as never, signal) };
  } catch (error) {
    return { type: "failure", id, failure: thrown(error) };
  }
}

/** What crosses of an error; one that is none of ours is a bug, and is named with its own words. */
export function thrown(error: unknown): Thrown {
  const reason = harmless(error instanceof Error ? error.message : String(error), { oneLine: true, most: 200 });
  const { code, said } = asTunnelError(
    error,
    "worker-crashed",
    message("Something went wrong inside Launch Guard: {reason}.", { reason }),
  );
  return { code, said };
}

function revived({ code, said }: Thrown): TunnelError {
  return new TunnelError(code, said);
}
