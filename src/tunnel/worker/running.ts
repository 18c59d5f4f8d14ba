import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { message } from "../../core/message.ts";
import { cancelled, TunnelError } from "../error.ts";
import type { Log } from "../log.ts";
import type { Prompts } from "../prompts.ts";
import type { TunnelService } from "../service.ts";
import { type Exchange, openExchange } from "./exchange.ts";
import type { KnownTunnels } from "./known-tunnels.ts";
import type { Packet, WorkerData, WorkerEvent } from "./protocol.ts";

export type RunningWorker = {
  readonly call: Exchange<TunnelService>["call"];
  /** Ends it: politely, unless the signal aborts or it takes too long. */
  close(signal: AbortSignal): Promise<void>;
};

/** What the main side does for a worker. */
export type MainSide = {
  readonly prompts: Prompts;
  readonly log: Log;
  readonly tunnels: KnownTunnels;
  /** It ended without having been asked to; at most once. */
  onCrash(error: TunnelError): void;
};

/** Starts `tunnel-worker.js`. It keeps the process alive while a call is under way or a tunnel is open. */
export function startWorker(data: WorkerData, main: MainSide): RunningWorker {
  const file = join(data.environment.bundleFolder, "tunnel-worker.js");
  const worker = new Worker(file, { name: "launch-guard tunnels", workerData: data });
  const { prompts, log } = main;
  const exchange = openExchange<TunnelService>((packet) => worker.postMessage(packet), {
    hostKey: prompts.hostKey.bind(prompts),
    secret: prompts.secret.bind(prompts),
    interactive: prompts.interactive.bind(prompts),
  });
  let ended = false;

  function keepAliveOrNot(): void {
    if (exchange.pending() > 0 || main.tunnels.live()) worker.ref();
    else worker.unref();
  }

  function end(reason: unknown): void {
    if (ended) return;
    ended = true;
    log("error", `The worker ended: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
    const error = crashed(reason);
    exchange.end(error);
    main.onCrash(error);
  }

  worker.on("message", (packet: Packet) => {
    if (packet.type === "event") tell(packet.event, main);
    else exchange.receive(packet);
    keepAliveOrNot();
  });
  worker.on("messageerror", end);
  worker.on("error", end);
  worker.on("exit", (code) => end(`exit code ${code}`));

  return {
    call(name, request, signal) {
      const answered = exchange.call(name, request, signal);
      keepAliveOrNot();
      return answered;
    },
    async close(signal) {
      // Otherwise a process without tunnels would end in the middle of this, and with the exit code of one that did well.
      worker.ref();
      const late = AbortSignal.any([signal, AbortSignal.timeout(politeMs)]);
      // However that ends, the worker does, and with it all that it holds.
      await Promise.race([exchange.call("close", {}, late), aborted(late)]).catch(() => undefined);
      ended = true;
      exchange.end(cancelled());
      await worker.terminate();
    },
  };
}

/** How long a worker may take to close what it holds. */
const politeMs = 5_000;

/** What a call meets whose worker has crashed. */
export function crashed(cause?: unknown): TunnelError {
  return new TunnelError(
    "worker-crashed",
    message("The part of Launch Guard that holds the tunnels has crashed."),
    cause,
  );
}

function tell(event: WorkerEvent, { prompts, log, tunnels }: MainSide): void {
  if (event.event === "log") log(event.level, event.line);
  else if (event.event === "notice") prompts.notice(event.text);
  else tunnels.seen(event.status);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
