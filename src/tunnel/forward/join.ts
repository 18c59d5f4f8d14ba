import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Carries bytes both ways until both sides have ended. Each side may end its half first; where one breaks off, so does
 * the other. Both have their `error` listeners already.
 */
export function join(local: Socket, channel: Duplex, onData: () => void): void {
  local.pipe(channel);
  channel.pipe(local);
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
