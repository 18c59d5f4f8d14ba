import type { ReceiveWindow } from "./internals.ts";

/** Told of all that arrives on one channel; lets its window grow. */
export type Lane = {
  received(bytes: number): void;
  /** The reader is behind. */
  stalled(): void;
  /** Nothing arrives any more. */
  ended(): void;
};

/** Bytes. The first is what ssh2 opens a channel with, and what it tops it up to by itself. */
const firstWindow = 2 * 1024 * 1024;
const largestWindow = 16 * 1024 * 1024;

/**
 * Milliseconds. On a shorter line 2 MiB allow 400 MiB/s, and a larger window does harm: sshd reads as much as it allows
 * from a server that is faster than we are, and copies all that waits for each 32 KiB that it adds. With 6 MiB waiting
 * that is 14 ms each, and a download on loopback falls to a tenth.
 */
const longLineMs = 5;

/** Another channel that was heard within so many milliseconds counts as in use. */
const quietMs = 1000;

/**
 * The receive windows of one connection. At a round trip of 50 ms, 2 MiB allow 40 MiB/s and no more, so a window grows:
 * while at least half of it arrives within one round trip, its reader keeps up, and no other channel is in use, for
 * which a large one would mean waiting longer. Where the line and not the window is the limit, that is about twice what
 * the line holds, and on a short line it never happens.
 */
export function receiveWindows(
  roundTripMs: () => number,
  clock: () => number = () => performance.now(),
): (window: ReceiveWindow) => Lane {
  let inUse: Lane | undefined;
  let sharedAt = Number.NEGATIVE_INFINITY;

  return (window) => {
    let wanted = firstWindow;
    let since = Number.NEGATIVE_INFINITY;
    let arrived = 0;
    let keepsUp = true;

    function endRound(now: number): void {
      // A busy process notices the end of a round trip late, when more than one has arrived.
      const inOneTrip = arrived * (roundTripMs() / (now - since));
      if (now - sharedAt < quietMs) wanted = firstWindow;
      else if (keepsUp && inOneTrip >= wanted / 2) wanted = Math.min(wanted * 2, largestWindow);
      since = now;
      arrived = 0;
      keepsUp = true;
    }

    const lane: Lane = {
      received(bytes) {
        const now = clock();
        if (inUse !== lane) {
          if (inUse) sharedAt = now;
          inUse = lane;
        }
        arrived += bytes;
        if (roundTripMs() >= longLineMs && now - since >= roundTripMs()) endRound(now);
        if (wanted > firstWindow && window.left() < wanted * 0.75) window.grant(wanted - window.left());
      },
      stalled() {
        keepsUp = false;
      },
      ended() {
        if (inUse === lane) inUse = undefined;
      },
    };
    return lane;
  };
}
