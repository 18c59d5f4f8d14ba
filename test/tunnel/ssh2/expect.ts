import assert from "node:assert/strict";
import type { EventEmitter } from "node:events";
import { TunnelError } from "../../../src/tunnel/error.ts";

/** Nobody gives up. */
export const never = new AbortController().signal;

/** `once` of node:events rejects where an error comes first. */
export function closed(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve) => emitter.once("close", () => resolve()));
}

/** For `assert.rejects`. */
export function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof TunnelError, `${error}`);
    assert.equal(error.code, code, error.message);
    return true;
  };
}
