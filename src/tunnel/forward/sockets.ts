import type { Socket } from "node:net";

/** The local connections of one forwarder. */
export type Sockets = {
  add(socket: Socket): void;
  /** The connection has a stream to the service, and so falls with the link. */
  reached(socket: Socket): void;
  sawData(): void;
  bytes(): { readonly down: number; readonly up: number };
  count(): number;
  lastData(): number;
  dropReached(): void;
  dropAll(): void;
};

export function watchSockets(): Sockets {
  const present = new Set<Socket>();
  const reached = new Set<Socket>();
  /** Of the connections that are gone; those present count their own bytes, which costs nothing while they flow. */
  let past = { down: 0, up: 0 };
  let lastData = 0;

  const plus = ({ down, up }: typeof past, { bytesWritten, bytesRead }: Socket) => ({
    down: down + bytesWritten,
    up: up + bytesRead,
  });

  function forget(socket: Socket): void {
    past = plus(past, socket);
    present.delete(socket);
    reached.delete(socket);
  }

  return {
    add(socket) {
      present.add(socket);
      // A dropped connection is ordinary here; unheard, its error event would end the process.
      socket.on("error", () => socket.destroy());
      socket.once("close", () => forget(socket));
    },
    reached: (socket) => reached.add(socket),
    sawData: () => {
      lastData = Date.now();
    },
    bytes: () => [...present].reduce(plus, past),
    count: () => present.size,
    lastData: () => lastData,
    dropReached: () => drop(reached),
    dropAll: () => drop(present),
  };
}

/** By a reset: what breaks off must not look like the end of a download. */
function drop(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.resetAndDestroy();
}
