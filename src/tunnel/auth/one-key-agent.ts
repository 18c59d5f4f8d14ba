import { BaseAgent, type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from "ssh2";
import type { Hash } from "./agent.ts";

/**
 * Offers one key to ssh2 as an agent would. That is how ssh2 asks the server first whether it would take a key, and
 * waits for the signature, so that a passphrase is asked for only when it is of use.
 */
export class OneKeyAgent extends BaseAgent<ParsedKey> {
  readonly #key: ParsedKey;
  readonly #sign: (data: Buffer, hash: Hash) => Promise<Buffer>;

  constructor(key: ParsedKey, sign: (data: Buffer, hash: Hash) => Promise<Buffer>) {
    super();
    this.#key = key;
    this.#sign = sign;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [this.#key]);
  }

  override sign(
    _key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback: SignCallback = () => {},
  ): void {
    const [hash, done] = typeof options === "function" ? [undefined, options] : [options.hash, callback];
    this.#sign(data, hash).then(
      (signature) => done(null, signature),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
