import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Forwarder, type ForwarderOptions, openForwarder } from "../../../src/tunnel/forward/forwarder.ts";

/** A service that stands where the far one would, and what leads to it. */
export type Service = {
  readonly port: number;
  /** Connections it has at the moment. */
  readonly sockets: ReadonlySet<Socket>;
  /** How many it ever had. */
  readonly accepted: () => number;
  /** Opens a stream to it, as a link does. */
  open(signal: AbortSignal): Promise<Duplex>;
  stop(): Promise<void>;
};

/** Any server, such as `http.createServer(…)`, made to listen on a free port of loopback. */
export async function serve(server: Server): Promise<Service> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on("connection", (socket: Socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  return {
    port,
    sockets,
    accepted: () => accepted,
    async open(signal) {
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
      socket.on("error", () => socket.destroy());
      await once(socket, "connect", { signal }).finally(() => signal.aborted && socket.destroy());
      return socket;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Sends back what it gets, and ends when the other side has. */
export function echo(): Promise<Service> {
  return serve(createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket)));
}

/** What tests opened, closed again in one go. */
export function opened() {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    async service(service: Promise<Service>): Promise<Service> {
      const { stop } = await service;
      closers.push(stop);
      return service;
    },
    async forwarder(
      { open }: Pick<ForwarderOptions, "open">,
      options: Partial<ForwarderOptions> = {},
    ): Promise<Forwarder> {
      const forwarder = await openForwarder({ port: { preferred: [] }, open, log: () => undefined, ...options });
      closers.push(forwarder.close);
      return forwarder;
    },
    async close(): Promise<void> {
      await Promise.all(closers.splice(0).map((close) => close()));
    },
  };
}

export async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Everything a socket sends until its end; rejects where it breaks off. */
export async function readAll(socket: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What a socket sends until it has sent this ending. */
export function readUntil(socket: Socket, ending: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const hear = (data: Buffer) => {
      said += data;
      if (!said.endsWith(ending)) return;
      socket.off("data", hear);
      resolve(said);
    };
    socket.on("data", hear);
  });
}

/** Settles when a socket is closed, in whichever way. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

export function portOf(server: Server): number {
  const address = server.address();
  assert.ok(typeof address === "object" && address);
  return address.port;
}

/** Settles when the condition holds; it is looked at after every turn of the event loop. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
