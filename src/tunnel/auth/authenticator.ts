import type { NextAuthHandler } from "ssh2";
import type { TunnelError } from "../error.ts";

/**
 * The methods that one login tries, in OpenSSH's order. `next` is what ssh2 calls for each; `failure` says, once the
 * server has refused, what was tried and why it did not do: `auth-refused` (value `methods`), `passphrase-wrong`,
 * `agent-unreachable`, `answer-needed` or `cancelled`.
 */
export type Authenticator = {
  next(methodsLeft: readonly string[] | null, partialSuccess: boolean | null, answer: NextAuthHandler): void;
  failure(): TunnelError;
  /** Ends open questions and the connection to the agent. */
  close(): void;
};
