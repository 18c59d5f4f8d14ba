import { Agent, type ClientRequest, type ClientRequestArgs } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Gives one local connection one stream to the service, opened by its first request and kept for the next ones, so that
 * the front adds no connection of its own: when the service hangs up, so do we, and the client sees what it would see
 * without us.
 */
export class ChannelAgent extends Agent {
  readonly #reach: (local: Socket) => Promise<Duplex>;
  readonly #local: Socket;
  readonly #hangUp = () => this.#local.end();

  constructor(local: Socket, reach: (local: Socket) => Promise<Duplex>) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#local = local;
    this.#reach = reach;
    local.once("close", () => this.destroy());
  }

  override createConnection(_: ClientRequestArgs, made?: (error: Error | null, stream: Duplex) => void): undefined {
    // The types want a stream beside the error; Node does not.
    const failed = (error: Error) => Reflect.apply(made ?? ignore, undefined, [error]);
    this.#reach(this.#local).then((channel) => made?.(null, asSocket(channel)), failed);
  }

  override keepSocketAlive(channel: Duplex): unknown {
    // Nobody reads an idle stream, so its end would not be seen.
    channel.once("end", this.#hangUp).once("close", this.#hangUp).resume();
    return super.keepSocketAlive(channel);
  }

  override reuseSocket(channel: Duplex, request: ClientRequest): void {
    channel.off("end", this.#hangUp).off("close", this.#hangUp);
    super.reuseSocket(channel, request);
  }
}

/** The agent calls four methods of a `net.Socket` that a stream of ssh lacks; there, nothing is to be done for them. */
function asSocket(channel: Duplex): Duplex {
  return "unref" in channel ? channel : Object.assign(channel, socketOnly);
}

const socketOnly = { ref: ignore, unref: ignore, setKeepAlive: ignore, setTimeout: ignore };

function ignore(): void {}
