import { EventEmitter, once } from "node:events";
import type { Duplex } from "node:stream";
import { message } from "../../core/message.ts";
import type { Clock } from "../clock.ts";
import type { Pause } from "../connection/connection.ts";
import type { Held } from "../connection/connections.ts";
import { asTunnelError, cancelled, TunnelError } from "../error.ts";
import type { Forwarder } from "../forward/forwarder.ts";
import type { Link, Peer } from "../link.ts";
import type { Log } from "../log.ts";
import type { OpenRequest } from "../service.ts";
import type { TunnelState, TunnelStatus } from "../status.ts";
import { failureOf } from "./failure.ts";
import { guardedByDefault, requestFor } from "./kinds.ts";
import type { MachineCheck } from "./machine-check.ts";
import { watchService } from "./watch-service.ts";

/** What a tunnel is made of. */
export type TunnelParts = {
  readonly clock: Clock;
  readonly log: Log;
  listen(open: (signal: AbortSignal) => Promise<Duplex>, guarded: boolean): Promise<Forwarder>;
  hold(signal: AbortSignal): Promise<Held>;
  readonly checkMachine: MachineCheck;
  /** Whether it connects again by itself. */
  readonly reconnects: boolean;
  publish(status: TunnelStatus): void;
};

/**
 * Opens a tunnel. Resolves when the service has answered, or has not (`checking`); rejects, with nothing left behind,
 * where there is no port or no link to be had. The port is taken first, so that it is known before anyone is asked.
 */
export async function openTunnel(request: OpenRequest, parts: TunnelParts, signal: AbortSignal): Promise<Tunnel> {
  const guarded = request.guarded ?? guardedByDefault(request.kind);
  // Nobody reaches the forwarder before it is there, and it opens no stream before that.
  const forwarder = await parts.listen((wanted) => tunnel.stream(wanted), guarded);
  const tunnel = new Tunnel({ ...request, guarded }, parts, forwarder);
  try {
    await tunnel.connect(signal);
    return tunnel;
  } catch (error) {
    // What was given up is not to be seen any more; what failed is, with its reason.
    await (signal.aborted ? tunnel.stop() : tunnel.end());
    throw error;
  }
}

/** One tunnel: a local port that stays, and whatever link there is behind it. */
export class Tunnel {
  readonly #request: OpenRequest & { readonly guarded: boolean };
  readonly #parts: TunnelParts;
  readonly #forwarder: Forwarder;
  readonly #over = new AbortController();
  /** `checked` after each answer or silence of the service, `error` when only a person can go on. */
  readonly #events = new EventEmitter().on("error", () => undefined);
  #state: TunnelState = { state: "connecting" };
  #held: Held | undefined;
  #link: Link | undefined;
  #running: Promise<void> | undefined;
  #peer: Peer | undefined;
  #upSince: number | undefined;
  #bytesShown = 0;
  #checkNow = () => {};

  constructor(request: OpenRequest & { readonly guarded: boolean }, parts: TunnelParts, forwarder: Forwarder) {
    this.#request = request;
    this.#parts = parts;
    this.#forwarder = forwarder;
    // Until there is a link, connections wait for one.
    forwarder.pause();
  }

  status(): TunnelStatus {
    const { id, host, target, kind, basePath = "/", guarded } = this.#request;
    const { port: localPort, portWanted, bytes } = this.#forwarder;
    return {
      ...{ id, host, target, basePath, localPort, bytes, guarded, state: this.#state, elsewhere: false },
      ...(kind === undefined ? {} : { kind }),
      ...(portWanted === undefined ? {} : { portWanted }),
      ...(this.#upSince === undefined ? {} : { upSince: this.#upSince }),
      ...(this.#peer === undefined ? {} : { peer: this.#peer }),
    };
  }

  /** Connects, where it is not; resolves at the service's next answer or silence. */
  async connect(signal: AbortSignal): Promise<void> {
    const wanted = AbortSignal.any([signal, this.#over.signal]);
    if (!this.#running) this.#show({ state: "connecting" });
    try {
      this.#held ??= await this.#parts.hold(wanted);
      this.#held.connection.hurry();
      const link = await this.#held.connection.link(wanted);
      this.#running ??= this.#run(this.#held, link);
      this.#checkNow();
      await once(this.#events, "checked", { signal: wanted });
    } catch (thrown) {
      const error = wanted.aborted ? cancelled() : asTunnelError(thrown, "unreachable", lost(this.#request.host).said);
      if (this.#state.state === "connecting") this.#show({ state: "failed", because: failureOf(error) });
      throw error;
    }
  }

  /**
   * Makes sure of the link now: one that gives no sign of life is replaced, and this tunnel's connections begin anew.
   * Rejects where there is no link to be had.
   */
  async reconnect(signal: AbortSignal): Promise<void> {
    await this.#held?.connection.check();
    this.#forwarder.dropAll();
    await this.connect(signal);
  }

  async stop(): Promise<void> {
    await this.end();
    this.#show({ state: "stopped" });
  }

  /** Closes everything; shows nothing. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#forwarder.close();
    await this.#running;
    this.#held?.release();
  }

  /** A stream for a local connection. */
  async stream(signal: AbortSignal): Promise<Duplex> {
    try {
      if (!this.#link) throw lost(this.#request.host);
      return await this.#link.open(this.#request.target, signal);
    } catch (error) {
      // Whoever uses the service has noticed something; so should the status.
      if (!signal.aborted) this.#checkNow();
      throw error;
    }
  }

  /** Serves link after link, until it is stopped or only a person can go on. Never rejects. */
  async #run({ connection }: Held, first: Link): Promise<void> {
    try {
      for (let link = first; ; ) {
        const reason = await this.#serve(link);
        if (!this.#parts.reconnects) throw reason;
        this.#showPause({ attempt: 1, nextAt: this.#parts.clock.now() }, reason);
        link = await connection.linkAgain(this.#over.signal, (pause) => this.#showPause(pause, reason));
      }
    } catch (thrown) {
      this.#running = undefined;
      if (!this.#over.signal.aborted) this.#fail(thrown);
    }
  }

  /** Serves one link until it is gone; resolves with the reason. */
  async #serve(link: Link): Promise<TunnelError> {
    const gone = new AbortController();
    void link.gone.then(() => gone.abort());
    const ended = AbortSignal.any([gone.signal, this.#over.signal]);
    try {
      await this.#parts.checkMachine(link, ended);
      this.#peer = link.peer;
      this.#link = link;
      this.#forwarder.resume();
      await this.#watch(link, ended);
    } catch (error) {
      // Whatever fails on a link that is gone fails because of that.
      if (!gone.signal.aborted) throw error;
    } finally {
      this.#link = undefined;
      this.#forwarder.pause();
      this.#forwarder.dropAll();
    }
    if (this.#over.signal.aborted) throw cancelled();
    return (await link.gone) ?? lost(this.#request.host);
  }

  #watch(link: Link, ended: AbortSignal): Promise<void> {
    const { target, kind, basePath = "/" } = this.#request;
    return watchService(
      link,
      { target, request: requestFor(kind, basePath) },
      {
        clock: this.#parts.clock,
        lastActivity: () => this.#forwarder.lastActivity,
        onChecked: (failure) => this.#checked(failure),
        onPause: (interrupt) => {
          this.#checkNow = interrupt;
        },
      },
      ended,
    );
  }

  #checked(failure: TunnelError | undefined): void {
    const next: TunnelState = failure ? { state: "checking", because: failureOf(failure) } : { state: "up" };
    const { down, up } = this.#forwarder.bytes;
    if (nameOf(next) !== nameOf(this.#state) || down + up !== this.#bytesShown) this.#show(next);
    this.#events.emit("checked");
  }

  #showPause({ attempt, nextAt, because }: Pause, first: TunnelError): void {
    this.#show({ state: "reconnecting", attempt, nextAt, because: failureOf(because ?? first) });
  }

  #fail(thrown: unknown): void {
    const error = asTunnelError(thrown, "connection-lost", lost(this.#request.host).said);
    this.#show({ state: "failed", because: failureOf(error) });
    this.#events.emit("error", error);
  }

  #show(next: TunnelState): void {
    const before = this.#state.state;
    if (next.state === "up" && before !== "up" && before !== "checking") this.#upSince = this.#parts.clock.now();
    if (nameOf(next) !== nameOf(this.#state)) this.#parts.log("info", `tunnel ${this.#request.id}: ${nameOf(next)}`);
    this.#state = next;
    const { down, up } = this.#forwarder.bytes;
    this.#bytesShown = down + up;
    this.#parts.publish(this.status());
  }
}

/** A state with its reason, in a word or two. */
function nameOf(state: TunnelState): string {
  return "because" in state ? `${state.state}, ${state.because.code}` : state.state;
}

function lost(host: string): TunnelError {
  return new TunnelError("connection-lost", message("The connection to {host} was lost.", { host }));
}
