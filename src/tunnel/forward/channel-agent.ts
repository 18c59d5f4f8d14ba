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
    const failed = (error: Error) => Reflect.apply(made ?? ignore, undefined, [error]);
    this.#reach(this.#local).then((channel) => made?.(null, channel), failed);
  }

  /** The inherited one calls methods that only a `net.Socket` has. */
  override keepSocketAlive(channel: Duplex): boolean {
    // Nobody reads an idle stream, so its end would not be seen.
    channel.once("end", this.#hangUp).once("close", this.#hangUp).resume();
    return true;
  }

  override reuseSocket(channel: Duplex, _: ClientRequest): void {
    channel.off("end", this.#hangUp).off("close", this.#hangUp);
  }
}

function ignore(): void {}
