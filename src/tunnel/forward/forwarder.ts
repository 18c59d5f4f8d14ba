import { createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { cancelled, TunnelError } from "../error.ts";
import { harmless } from "../harmless.ts";
import type { Log } from "../log.ts";
import { frontFor } from "./front.ts";
import { openGate } from "./gate.ts";
import { join } from "./join.ts";
import { type BoundPort, bindPort, type PortWish } from "./ports.ts";
import { watchSockets } from "./sockets.ts";

export type ForwarderOptions = {
  readonly port: PortWish;
  /** Opens a stream to the service. The forwarder destroys it, also where it comes after the signal. */
  open(signal: AbortSignal): Promise<Duplex>;
  readonly log: Log;
  /** Puts the check of Host, Origin and Sec-Fetch-Site before the service, which then has to speak HTTP/1. */
  readonly guarded?: boolean;
  /** How long a connection waits for a lost link to come back. */
  readonly patienceMs?: number;
};

/** A local port that leads to a service. It listens on 127.0.0.1 only, and outlives the links it leads through. */
export type Forwarder = BoundPort & {
  /** Bytes that local programs got (`down`) and sent (`up`) since it was opened. */
  readonly bytes: { readonly down: number; readonly up: number };
  /** How many local connections are open, waiting ones included. */
  readonly connections: number;
  /** When the service last sent something, in milliseconds since 1970; 0 before it ever did. */
  readonly lastActivity: number;
  /** The link is gone: new connections wait for `resume`, for 10 s, and are then ended. */
  pause(): void;
  /** There is a link again. */
  resume(): void;
  /** Ends every connection that has reached the service; those that wait for the link go on waiting. */
  dropAll(): void;
  /** Ends everything; settles when nothing listens any more. */
  close(): Promise<void>;
};

/** Rejects with `port-busy`. */
export async function openForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const { open, log, guarded = false, patienceMs = 10_000 } = options;
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  // Also while the port is looked for: accepting fails where this process has no more files to open.
  server.on("error", (error) => log("info", `A listener of ours: ${error.message}`));
  const bound = await bindPort(server, options.port);
  const gate = openGate(patienceMs);
  const sockets = watchSockets();

  /** Waits for the link and for the service; given up when the local program hangs up. */
  async function reach(local: Socket): Promise<Duplex> {
    const hungUp = new AbortController();
    const hangUp = () => hungUp.abort();
    local.once("close", hangUp);
    // No later: the error that an abort makes for its reason is a twentieth of what a short connection costs.
    const channel = await openPatiently(hungUp.signal).finally(() => local.off("close", hangUp));
    channel.on("error", (error) => log("debug", `A stream to the service broke: ${harmless(error.message)}`));
    if (local.destroyed) {
      channel.destroy();
      throw cancelled();
    }
    sockets.reached(local);
    return channel;
  }

  async function openPatiently(signal: AbortSignal): Promise<Duplex> {
    await gate.pass(signal);
    try {
      return await open(signal);
    } catch (error) {
      if (!(error instanceof TunnelError && error.code === "connection-lost")) throw error;
      // The first click after a sleep finds the dead link. Nothing was sent yet, so it may have the next one.
      await gate.nextOpening(signal);
      return open(signal);
    }
  }

  async function forward(local: Socket): Promise<void> {
    try {
      join(local, await reach(local), sockets.sawData);
    } catch (error) {
      log("info", `A local connection did not reach the service: ${harmless(String(error))}`);
      local.resetAndDestroy();
    }
  }

  const serve = guarded ? frontFor({ port: bound.port, reach, onData: sockets.sawData, log }) : forward;
  server.on("connection", (local) => {
    sockets.add(local);
    void serve(local);
  });
  return {
    ...bound,
    get bytes() {
      return sockets.bytes();
    },
    get connections() {
      return sockets.count();
    },
    get lastActivity() {
      return sockets.lastData();
    },
    pause: gate.shut,
    resume: gate.open,
    dropAll: sockets.dropReached,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.dropAll();
      await closed;
    },
  };
}
