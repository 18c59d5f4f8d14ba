import assert from "node:assert/strict";
import { type EventEmitter, once, setMaxListeners } from "node:events";
import type { Server } from "node:net";
import { TunnelError } from "../../../src/tunnel/error.ts";

/** Nobody gives up. */
export const never = new AbortController().signal;
setMaxListeners(0, never);

/** `once` of node:events rejects where an error comes first. */
export function closed(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve) => emitter.once("close", () => resolve()));
}

/** Makes it listen on a free port of 127.0.0.1, and returns which. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** For `assert.rejects`. */
export function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof TunnelError, `${error}`);
    assert.equal(error.code, code, error.message);
    return true;
  };
}
