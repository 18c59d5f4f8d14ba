import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import { settled } from "./channels.ts";

/**
 * Asks the server for any answer, and says after how many milliseconds it came. It is asked to take back a forward that
 * was never made, which every server has to answer (RFC 4254 §4 and §7.1), be it with a no.
 */
export async function roundTrip(client: Client, ...ends: readonly AbortSignal[]): Promise<number> {
  const asked = performance.now();
  await settled<void>(
    ends,
    (done) => client.unforwardIn("127.0.0.1", 0, () => done(undefined, undefined)),
    () => {},
  );
  return performance.now() - asked;
}

/**
 * Asks for a sign of life each `seconds`, and gives up when three were asked for in a row and nothing at all has come.
 * As in OpenSSH (`server_alive_check` in clientloop.c) whatever arrives counts, so a slow download is no silence.
 * Returns what ends it.
 */
export function keepAlive(transport: Duplex, seconds: number, ask: () => void, giveUp: () => void): () => void {
  let heard = true;
  let missed = 0;
  transport.on("data", () => {
    heard = true;
  });
  const timer = setInterval(() => {
    missed = heard ? 0 : missed + 1;
    heard = false;
    if (missed >= 3) giveUp();
    else ask();
  }, seconds * 1000);
  timer.unref();
  return () => clearInterval(timer);
}
