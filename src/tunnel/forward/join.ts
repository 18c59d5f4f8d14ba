import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { givesAway, givingBack } from "../give-back.ts";

/**
 * Carries bytes both ways until both sides have ended. Each side may end its half first; where one breaks off, so does
 * the other. Both have their `error` listeners already.
 */
export function join(local: Socket, channel: Duplex, onData: () => void): void {
  carry(local, channel);
  carry(channel, local);
  channel.on("data", onData);
  channel.once("close", () => {
    // What arrived before a proper end is still delivered. Without one it is a reset, because to a client a plain
    // close looks like the end of the download.
    if (channel.readableEnded) local.destroySoon();
    else local.resetAndDestroy();
  });
  local.once("close", () => {
    if (!local.readableEnded || !local.writableFinished) channel.destroy();
  });
}

/** As `pipe`, which does not tell when a chunk has been written. */
function carry(from: Duplex, to: Duplex): void {
  const isGiven = givesAway(from);
  from.on("data", (chunk: Buffer) => {
    if (!to.write(chunk, isGiven ? givingBack(chunk) : undefined)) from.pause();
  });
  to.on("drain", () => from.resume());
  from.once("end", () => to.end());
}
