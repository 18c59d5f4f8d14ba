import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Latencies in milliseconds. */
export type Latency = { readonly p50: number; readonly p95: number };

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** MiB per second from the first word to the last byte. */
export async function download(port: number, mebibytes: number): Promise<number> {
  const bytes = mebibytes * 2 ** 20;
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    let received = 0;
    const socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        // Read into one buffer, so that this end costs as little as it can.
        buffer: Buffer.alloc(1 << 20),
        callback: (count: number) => {
          received += count;
          if (received >= bytes) {
            socket.destroy();
            resolve();
          }
          return true;
        },
      },
    });
    socket.on("error", reject);
    socket.on("end", () => reject(new Error(`the download ended after ${received} of ${bytes} bytes`)));
    socket.write(`D ${bytes}\n`);
  });
  return mebibytes / ((performance.now() - start) / 1000);
}

/** MiB per second from the first word to the answer that all has arrived. */
export async function upload(port: number, mebibytes: number): Promise<number> {
  const block = Buffer.alloc(256 * 1024, 0x63);
  const start = performance.now();
  const socket = await open(port);
  socket.write(`U ${mebibytes * 2 ** 20}\n`);
  const done = once(socket, "data");
  for (let sent = 0; sent < mebibytes * 4; sent++) {
    if (!socket.write(block)) await once(socket, "drain");
  }
  await done;
  socket.destroy();
  return mebibytes / ((performance.now() - start) / 1000);
}

/** Requests one after the other on one connection. */
export async function keepAlive(port: number, count: number, until?: Promise<unknown>): Promise<Latency> {
  const socket = await open(port);
  let over = false;
  void until?.finally(() => {
    over = true;
  });
  const times: number[] = [];
  for (let turn = 0; turn < count && !over; turn++) times.push(await ask(socket));
  socket.destroy();
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** Each request on a connection of its own, the connection included. */
export async function newConnections(port: number, count: number): Promise<Latency> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const start = performance.now();
    const socket = await open(port);
    await ask(socket);
    times.push(performance.now() - start);
    socket.destroy();
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

async function ask(socket: Socket): Promise<number> {
  const start = performance.now();
  socket.write("G\n");
  for (let received = 0; received < 200; ) {
    const [chunk] = await once(socket, "data");
    received += chunk.length;
  }
  return performance.now() - start;
}
