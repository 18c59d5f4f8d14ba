import { once } from "node:events";
import { connect, type Server, type Socket } from "node:net";
import { message } from "../../core/message.ts";
import { TunnelError } from "../error.ts";

/**
 * Which local port to take. `fixed`: this one or none. `preferred`: the first that is free, then the ones after the
 * last of them, then any; an empty list means any.
 */
export type PortWish = { readonly fixed: number } | { readonly preferred: readonly number[] };

/** The port that was taken, and the one that was wished for where another program has that. */
export type BoundPort = { readonly port: number; readonly portWanted?: number };

/** How many ports after the wished one are tried before any will do. */
const neighbours = 20;

/** Makes the server listen on 127.0.0.1, and nowhere else. Rejects with `port-busy`; the server is then closed. */
export async function bindPort(server: Server, wish: PortWish): Promise<BoundPort> {
  if ("fixed" in wish) return { port: await takeFixed(server, wish.fixed) };
  const wanted = candidates(wish.preferred);
  for (const candidate of wanted) {
    if (!(await take(server, candidate))) continue;
    const port = portOf(server);
    const first = wanted[0] ?? 0;
    return first === 0 || first === port ? { port } : { port, portWanted: first };
  }
  throw new TunnelError("port-busy", message("No port of this machine is free."));
}

async function takeFixed(server: Server, port: number): Promise<number> {
  if (await take(server, port)) return port;
  throw new TunnelError("port-busy", message("Port {port} of this machine is in use or reserved.", { port }));
}

function candidates(preferred: readonly number[]): readonly number[] {
  const wanted = preferred.map(unprivileged);
  const last = wanted.at(-1);
  const next = last === undefined ? [] : Array.from({ length: neighbours }, (_, index) => last + 1 + index);
  return [...new Set([...wanted, ...next])].filter((port) => port <= 65_535).concat(0);
}

/** Only the system's administrator may listen below 1024; 80 becomes 8080, and 443 becomes 8443. */
function unprivileged(port: number): number {
  return port < 1024 ? port + 8000 : port;
}

/** Whether the server now listens there. 0 stands for any port. */
async function take(server: Server, port: number): Promise<boolean> {
  server.listen({ host: "127.0.0.1", port, exclusive: true });
  try {
    await once(server, "listening");
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
  if (await reaches(server, portOf(server))) return true;
  await new Promise((resolve) => server.close(resolve));
  return false;
}

/** EACCES: reserved, as ports below 1024 are, and on Windows whole ranges. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/**
 * Whether a connection to a port arrives at this server. macOS and Windows let two programs listen on one port, one on
 * 127.0.0.1 and one on every address, and then either may get it. Our own connection is known by its source port, so
 * that not a byte is sent, whoever gets it.
 */
export async function reaches(server: Server, port: number, withinMs = 1000): Promise<boolean> {
  const signal = AbortSignal.timeout(withinMs);
  const arrived = new Set<number | undefined>();
  const arrive = (socket: Socket) => {
    socket.on("error", () => socket.destroy());
    arrived.add(socket.remotePort);
    // Whoever else comes in this millisecond will come again.
    socket.destroy();
  };
  server.on("connection", arrive);
  const probe = connect({ host: "127.0.0.1", port });
  probe.on("error", () => probe.destroy());
  try {
    await once(probe, "connect", { signal });
    const own = probe.localPort;
    while (!arrived.has(own)) await once(server, "connection", { signal });
    return true;
  } catch {
    return false;
  } finally {
    probe.destroy();
    server.off("connection", arrive);
  }
}
