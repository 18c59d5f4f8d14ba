import assert from "node:assert/strict";
import { once } from "node:events";
import { cancelled } from "../../../src/tunnel/error.ts";
import { machineCheck } from "../../../src/tunnel/tunnel/machine-check.ts";
import { fakeLink } from "./fake-link.ts";

const target = { kind: "tcp", host: "127.0.0.1", port: 8888 } as const;

describe("the check of the machine", () => {
  it("does not end the process when a tunnel is closed while it asks", async () => {
    const closing = new AbortController();
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", hear);
    try {
      const asked = async (_link: unknown, signal: AbortSignal): Promise<never> => {
        await once(signal, "abort");
        throw cancelled();
      };
      const check = machineCheck(target, undefined, asked, () => {});
      await check(fakeLink(), closing.signal);
      closing.abort();
      // Node looks for rejections that nobody handles after its microtasks.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("unhandledRejection", hear);
      for (const other of others) process.on("unhandledRejection", other);
    }
    assert.deepEqual(unheard, []);
  });
});
