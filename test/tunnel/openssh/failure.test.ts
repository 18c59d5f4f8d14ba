import assert from "node:assert/strict";
import { failureOf } from "../../../src/tunnel/openssh/failure.ts";

/** What OpenSSH 9.2 wrote, and what it means. */
const said: readonly (readonly [string, string])[] = [
  ["ssh: Could not resolve hostname nowhere.invalid: Name or service not known", "host-unknown"],
  ["ssh: Could not resolve hostname gpu: Temporary failure in name resolution", "unreachable"],
  ["ssh: connect to host 127.0.0.1 port 1: Connection refused", "unreachable"],
  ["ssh: connect to host 10.255.255.1 port 22: Connection timed out", "timed-out"],
  ["Connection timed out during banner exchange", "timed-out"],
  ["me@gpu: Permission denied (publickey,password).", "auth-refused"],
  ["Received disconnect from 10.0.0.7 port 22:2: Too many authentication failures", "auth-refused"],
  [
    "Unable to negotiate with 10.0.0.7 port 22: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1",
    "no-common-algorithm",
  ],
  ["Unable to negotiate with 10.0.0.7 port 22: no matching cipher found. Their offer: 3des-cbc", "no-common-algorithm"],
  ["/home/me/.ssh/config: line 3: Bad configuration option: hostnmae", "config-unreadable"],
  ["Host key verification failed.", "host-key-unknown"],
  ["kex_exchange_identification: Connection closed by remote host", "unreachable"],
  ["something new", "unreachable"],
];

describe("why the system's ssh did not connect", () => {
  for (const [line, code] of said) {
    it(`is ${code} after: ${line.slice(0, 60)}`, () => {
      assert.equal(failureOf("gpu", ["Warning: before", line], 0).code, code);
    });
  }

  it("is what the jump host said rather than what followed from it", () => {
    const lines = [
      "me@jump: Permission denied (publickey).",
      "kex_exchange_identification: Connection closed by UNKNOWN",
    ];
    const failure = failureOf("gpu", lines, 0);
    assert.equal(failure.code, "auth-refused");
    assert.equal(failure.said.values["methods"], "publickey");
  });

  it("is that a jump host does not pass us on", () => {
    const lines = [
      "channel 0: open failed: administratively prohibited: open failed",
      "stdio forwarding failed",
      "kex_exchange_identification: Connection closed by remote host",
    ];
    assert.equal(failureOf("gpu", lines, 0).code, "forwarding-forbidden");
  });

  it("shows nothing of a server's text that a terminal would obey", () => {
    assert.ok(!failureOf("gpu", ["odd \u001b[2J text"], 0).message.includes("\u001b"));
  });
});
