import assert from "node:assert/strict";
import { readBind } from "../../src/core/bind.ts";

const binds = {
  loopback: [
    "localhost",
    "LocalHost",
    "127.0.0.1",
    "127.8.9.1",
    "127.1",
    "::1",
    "[::1]",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
  ],
  all: ["", "*", "0", "0.0.0.0", "::", "[::]", "::0", "0::0", "0:0:0:0:0:0:0:0", "::ffff:0.0.0.0", "[::0]"],
  address: ["192.168.1.5", "10.0.0.1", "fe80::1%eth0", "2001:db8::1", "[2001:db8::1]", "1:2:3:4:5:6:7:8", "::2"],
  unknown: ["example.org", "jupyter", "0.0.0", "::1::", "1:2:3", "12345::", "[::", "127.x", ":::"],
} as const;

describe("reading an address", () => {
  for (const [bind, addresses] of Object.entries(binds)) {
    for (const address of addresses) it(`takes "${address}" for ${bind}`, () => assert.equal(readBind(address), bind));
  }
});
