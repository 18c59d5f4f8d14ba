import assert from "node:assert/strict";
import { Client, type ClientChannel } from "ssh2";
import { keepKeyObjects, type ReceiveWindow, receiveWindow, softwareOf } from "../../../src/tunnel/ssh2/internals.ts";
import { receiveWindows } from "../../../src/tunnel/ssh2/window.ts";

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
  // Every arrival is the end of a round trip.
  const windows = () => receiveWindows(() => 0);

  it("grows to 16 MiB while one channel alone uses all of it", () => {
    const window = channel();
    const lane = windows()(window);
    for (let round = 0; round < 10; round++) lane.received(window.take(window.left()));
    assert.equal(window.left(), 16 * mebibyte);
  });

  it("stays where the line and not the window is the limit", () => {
    const window = channel();
    const lane = windows()(window);
    for (let round = 0; round < 10; round++) lane.received(window.take(mebibyte / 8));
    assert.equal(window.left(), 2 * mebibyte - (10 * mebibyte) / 8);
  });

  it("stays while the reader is behind", () => {
    const window = channel();
    const lane = windows()(window);
    lane.received(window.take(1));
    lane.stalled();
    lane.received(window.take(2 * mebibyte - 1));
    assert.equal(window.left(), 0);
  });

  it("does not grow while another channel is in use, and goes back", () => {
    const [bulk, small] = [channel(), channel()];
    const open = windows();
    const [first, second] = [open(bulk), open(small)];
    for (let round = 0; round < 10; round++) first.received(bulk.take(bulk.left()));
    second.received(small.take(100));
    first.received(bulk.take(bulk.left()));
    assert.equal(bulk.left(), 0);
  });

  it("grows for the channel that comes after one that has ended", () => {
    const [before, after] = [channel(), channel()];
    const open = windows();
    const first = open(before);
    first.received(before.take(100));
    first.ended();
    const second = open(after);
    second.received(after.take(2 * mebibyte));
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
