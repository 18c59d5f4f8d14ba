import assert from "node:assert/strict";
import { Client, type ClientChannel } from "ssh2";
import { keepKeyObjects, type ReceiveWindow, receiveWindow, softwareOf } from "../../../src/tunnel/ssh2/internals.ts";
import { type Lane, receiveWindows } from "../../../src/tunnel/ssh2/window.ts";

const mebibyte = 2 ** 20;

/** A channel whose far side sends as much as it may, each time within one round trip. */
function channel(): ReceiveWindow & { take(bytes: number): number } {
  let left = 2 * mebibyte;
  return {
    left: () => left,
    grant(bytes) {
      left += bytes;
    },
    shut() {},
    take(bytes) {
      left -= bytes;
      return bytes;
    },
  };
}

describe("the receive window", () => {
  /** A line on which what was sent arrives one round trip later. */
  function line(roundTripMs: number) {
    let now = 0;
    const open = receiveWindows(
      () => roundTripMs,
      () => now,
    );
    return {
      open,
      later(lane: Lane, bytes: number, roundTrips = 1) {
        now += roundTripMs * roundTrips;
        lane.received(bytes);
      },
    };
  }

  function saturate({ later }: ReturnType<typeof line>, lane: Lane, window: ReturnType<typeof channel>): void {
    later(lane, window.take(1));
    for (let round = 0; round < 10; round++) later(lane, window.take(window.left()));
  }

  it("grows to 16 MiB while one channel alone uses all of it", () => {
    const [far, window] = [line(50), channel()];
    saturate(far, far.open(window), window);
    assert.equal(window.left(), 16 * mebibyte);
  });

  it("stays where the line and not the window is the limit", () => {
    const [far, window] = [line(50), channel()];
    const lane = far.open(window);
    for (let round = 0; round < 10; round++) far.later(lane, window.take(mebibyte / 8));
    assert.equal(window.left(), 2 * mebibyte - (10 * mebibyte) / 8);
  });

  it("stays on a short line, where sshd would stumble over what waits", () => {
    const [near, window] = [line(2), channel()];
    saturate(near, near.open(window), window);
    assert.equal(window.left(), 0);
  });

  it("stays where several round trips have passed unnoticed", () => {
    const [far, window] = [line(50), channel()];
    const lane = far.open(window);
    far.later(lane, window.take(mebibyte / 4));
    far.later(lane, window.take(mebibyte), 5);
    assert.equal(window.left(), 0.75 * mebibyte);
  });

  it("stays while the reader is behind", () => {
    const [far, window] = [line(50), channel()];
    const lane = far.open(window);
    far.later(lane, window.take(1));
    lane.stalled();
    far.later(lane, window.take(2 * mebibyte - 1));
    assert.equal(window.left(), 0);
  });

  it("does not grow while another channel is in use, and goes back", () => {
    const [far, bulk, small] = [line(50), channel(), channel()];
    const [first, second] = [far.open(bulk), far.open(small)];
    saturate(far, first, bulk);
    second.received(small.take(100));
    far.later(first, bulk.take(bulk.left()));
    assert.equal(bulk.left(), 0);
  });

  it("grows for the channel that comes after one that has ended", () => {
    const [far, before, after] = [line(50), channel(), channel()];
    const first = far.open(before);
    far.later(first, before.take(100));
    first.ended();
    const second = far.open(after);
    far.later(second, after.take(100));
    far.later(second, after.take(2 * mebibyte - 100));
    assert.equal(after.left(), 4 * mebibyte);
  });

  it("is left alone where ssh2 is not as we know it", () => {
    const client = new Client();
    // What a later version may have made of a channel.
    const channel = {} as ClientChannel;
    assert.equal(receiveWindow(client, channel), undefined);
    keepKeyObjects(client);
    assert.equal(softwareOf(client), undefined);
  });
});
