import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { cancelled } from "../error.ts";
import { givingBack } from "../give-back.ts";
import type { Host } from "../host/host.ts";
import { wayFailure } from "./failure.ts";

/** Opens a stream of bytes to the sshd of a host. Rejects with a `TunnelError`. */
export type OpenTransport = (signal: AbortSignal) => Promise<Duplex>;

/** A TCP connection of our own, over IPv6 or IPv4, whichever answers. */
export function overTcp(host: Host): OpenTransport {
  return (signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const { hostname, port } = host;
      const buffer = Buffer.allocUnsafeSlow(readBytes);
      const onread = {
        buffer,
        callback(bytes: number) {
          const chunk = buffer.subarray(0, bytes);
          return socket.emit("data", lenders.has(socket) ? chunk : Buffer.from(chunk));
        },
      };
      // ssh2 does not set noDelay on the sockets that it makes, which costs 44 ms for each answer.
      const socket: Socket = connect({ host: hostname, port, noDelay: true, autoSelectFamilyAttemptTimeout, onread });
      // What comes before anybody listens would be lost. ssh2 resumes it.
      socket.pause();
      const abort = () => void socket.destroy(cancelled());
      signal.addEventListener("abort", abort, { once: true });
      socket.once("close", () => signal.removeEventListener("abort", abort));
      // It stays for the socket's whole life; after the promise is settled, ssh2 has a listener of its own beside it.
      socket.on("error", (error) => reject(wayFailure(host, error)));
      socket.once("connect", () => {
        signal.removeEventListener("abort", abort);
        resolve(inPackets(socket));
      });
    });
}

/** Milliseconds; Node's own 250 would leave an address behind a satellite before it can answer. */
const autoSelectFamilyAttemptTimeout = 1000;

/**
 * Bytes. One large buffer of our own, where Node makes one for each 64 KiB: fewer packets are cut in two, and the
 * collector has half as much to do. Download on Node 20 as a share of `ssh -L`, and the least processor seconds per GiB,
 * medians of 7 interleaved rounds on a busy machine: Node's own 0.47 and 2.5; 256 KiB, copied 0.63 and 2.3, lent 0.66
 * and 2.1; 1 MiB lent 0.72 and 2.0. Gathering what goes out until `setImmediate`, or what goes to the local program
 * within one turn, gained nothing.
 */
const readBytes = 1024 * 1024;

/** The transports whose reader keeps nothing of what it is given. */
const lenders = new WeakSet<Duplex>();

/** Whether each chunk of a transport is from now on only lent, and overwritten after its `data` event. */
export function lend(transport: Duplex, whether: boolean): void {
  if (whether) lenders.add(transport);
  else lenders.delete(transport);
}

/**
 * Gathers what is written within one turn of the event loop. ssh2 writes a packet in three pieces (length, cipher text,
 * tag), and without the delay that noDelay takes away, each would travel by itself. It keeps none of them, so large
 * ones are given back when they are written.
 */
export function inPackets<Stream extends Duplex>(stream: Stream): Stream {
  // `write` has overloads, which a function that hands all of its arguments on cannot be seen to have.
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let gathering = false;
  const release = () => {
    gathering = false;
    stream.uncork();
  };
  stream.write = ((...args: unknown[]) => {
    if (!gathering) {
      gathering = true;
      stream.cork();
      process.nextTick(release);
    }
    const [chunk] = args;
    return args.length > 1 || !Buffer.isBuffer(chunk) ? write(...args) : write(chunk, givingBack(chunk));
  }) as typeof stream.write;
  return stream;
}
