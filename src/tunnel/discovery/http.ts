import { request } from "node:http";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { TunnelError } from "../error.ts";
import type { Link } from "../link.ts";
import type { Target } from "../target.ts";

/** The beginning of an answer to a GET. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
};

/** How long one answer may take, and how much of it is read. */
const patienceMs = 1000;
const mostBytes = 64 * 1024;

/**
 * Asks a server behind the link one question, without any credentials, and follows no redirect. `undefined` where it
 * does not speak HTTP, breaks off or takes longer than a second; rejects with what `open` rejects with.
 */
export async function get(
  link: Link,
  { target, secure }: { readonly target: Target; readonly secure: boolean },
  path: string,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const timeUp = AbortSignal.timeout(patienceMs);
  const over = AbortSignal.any([signal, timeUp]);
  const stream = await opened(link, target, over, timeUp);
  if (!stream) return undefined;
  try {
    return await answerOf(secure ? encrypted(stream) : stream, hostOf(target), path, over);
  } finally {
    stream.destroy();
  }
}

async function opened(
  link: Link,
  target: Target,
  signal: AbortSignal,
  timeUp: AbortSignal,
): Promise<Duplex | undefined> {
  try {
    const stream = await link.open(target, signal);
    stream.on("error", () => stream.destroy());
    return stream;
  } catch (error) {
    const isSilent = timeUp.aborted || (error instanceof TunnelError && error.code === "timed-out");
    if (isSilent) return undefined;
    throw error;
  }
}

/** Who it is does not matter here: nothing is told to it, and what it says is shown as a guess. */
function encrypted(stream: Duplex): Duplex {
  const socket = connectTls({ socket: stream, rejectUnauthorized: false });
  socket.on("error", () => socket.destroy());
  return socket;
}

/** A name of the loopback is what servers that check it accept, through whatever it was reached. */
function hostOf(target: Target): string {
  return target.kind === "unix" ? "localhost" : `localhost:${target.port}`;
}

function answerOf(stream: Duplex, host: string, path: string, signal: AbortSignal): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const headers = { host, accept: "*/*", connection: "close" };
    const asked = request({ createConnection: () => stream, path, headers, signal });
    const chunks: Buffer[] = [];
    let bytes = 0;
    asked.once("response", (response) => {
      const { statusCode: status = 0, headers: said } = response;
      const done = () => resolve({ status, headers: said, body: Buffer.concat(chunks).toString("utf8", 0, mostBytes) });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes < mostBytes) return;
        done();
        stream.destroy();
      });
      response.once("end", done);
      response.on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
    asked.once("close", () => {
      stream.destroy();
      resolve(undefined);
    });
    asked.end();
  });
}
