import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import * as z from "zod/mini";

/** The engine's end of the askpass program. */
export type AskServer = {
  /** What the askpass program needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** `undefined` leaves the question unanswered. */
export type Answer = (prompt: string, hint: string, signal: AbortSignal) => Promise<string | undefined>;

/** Answers what `ssh` asks, one question at a time. A question ends when the `ssh` that asked it is gone. */
export async function serveQuestions(socketPath: string, answer: Answer): Promise<AskServer> {
  const nonce = randomBytes(24).toString("base64url");
  const sockets = new Set<Socket>();
  let turn = Promise.resolve();
  const server = createServer((socket) => {
    sockets.add(socket);
    const left = new AbortController();
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      left.abort();
    });
    createInterface({ input: socket }).once("line", (line) => {
      turn = turn.then(() => reply(socket, line, nonce, answer, left.signal));
    });
  });
  server.on("error", () => server.close());
  server.listen(socketPath);
  await once(server, "listening");
  return {
    env: { LAUNCH_GUARD_ASK: socketPath, LAUNCH_GUARD_NONCE: nonce },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const Asked = z.object({ nonce: z.string(), prompt: z.string(), hint: z.string() });

async function reply(socket: Socket, line: string, nonce: string, answer: Answer, signal: AbortSignal): Promise<void> {
  const said = await answerTo(line, nonce, answer, signal).catch(() => undefined);
  socket.end(said === undefined ? "" : `${JSON.stringify(said)}\n`);
}

async function answerTo(line: string, nonce: string, answer: Answer, signal: AbortSignal): Promise<string | undefined> {
  const asked = Asked.parse(JSON.parse(line));
  return isSame(asked.nonce, nonce) && !signal.aborted ? answer(asked.prompt, asked.hint, signal) : undefined;
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
