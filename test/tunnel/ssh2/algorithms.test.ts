import assert from "node:assert/strict";
import { getCiphers } from "node:crypto";
import { algorithmsFor } from "../../../src/tunnel/ssh2/algorithms.ts";
import { hostWith } from "../host-with.ts";
import { hasCode } from "./expect.ts";

describe("the algorithms that are offered", () => {
  it("begin with the fastest cipher, and hold no group exchange", () => {
    const { cipher = [], kex = [] } = algorithmsFor(hostWith(), []);
    assert.deepEqual(cipher, [
      "aes128-gcm@openssh.com",
      "aes256-gcm@openssh.com",
      "aes128-ctr",
      "aes192-ctr",
      "aes256-ctr",
      ...(getCiphers().includes("chacha20") ? ["chacha20-poly1305@openssh.com"] : []),
    ]);
    assert.ok(Array.isArray(kex) && kex.every((name) => !/group-exchange|group1-/.test(name)));
  });

  it("ask for the types of key that are known first", () => {
    const { serverHostKey } = algorithmsFor(hostWith(), ["ssh-rsa"]);
    assert.ok(Array.isArray(serverHostKey));
    assert.deepEqual(serverHostKey.slice(0, 3), ["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"]);
  });

  it("are those that the config allows, the fastest first", () => {
    const host = hostWith({
      algorithms: { ciphers: ["chacha20-poly1305@openssh.com", "aes256-ctr", "aes128-gcm@openssh.com"] },
    });
    const { cipher } = algorithmsFor(host, []);
    assert.ok(Array.isArray(cipher));
    assert.deepEqual(cipher.slice(0, 2), ["aes128-gcm@openssh.com", "aes256-ctr"]);
  });

  it("follow a config that adds or takes away", () => {
    const added = algorithmsFor(hostWith({ algorithms: { hostKeys: ["+ssh-rsa"] } }), []).serverHostKey;
    assert.ok(Array.isArray(added) && added.length === 7 && added.includes("ssh-rsa"));
    const taken = algorithmsFor(hostWith({ algorithms: { hostKeys: ["-ecdsa-*"] } }), []).serverHostKey;
    assert.deepEqual(taken, ["ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256"]);
  });

  it("are none where the config allows none that we have", () => {
    const host = hostWith({ algorithms: { kex: ["sntrup761x25519-sha512"] } });
    assert.throws(() => algorithmsFor(host, []), hasCode("no-common-algorithm"));
  });
});
