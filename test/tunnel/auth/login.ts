import { once } from "node:events";
import { type AuthHandlerMiddleware, Client } from "ssh2";
import { authenticator } from "../../../src/tunnel/auth/authenticator.ts";
import type { TunnelError } from "../../../src/tunnel/error.ts";
import type { Host } from "../../../src/tunnel/host/host.ts";
import type { Session } from "../../../src/tunnel/link.ts";
import type { InteractiveQuestion, Prompts, SecretQuestion } from "../../../src/tunnel/prompts.ts";
import { trustedKeys } from "../../../src/tunnel/trust.ts";

/** Someone who answers what they are asked. An answer that is missing is that they give up. */
export type Person = {
  readonly secret?: (question: SecretQuestion) => string | undefined;
  readonly interactive?: (question: InteractiveQuestion) => readonly string[] | undefined;
};

export type Outcome = {
  /** Absent where the login succeeded. */
  readonly failure?: TunnelError;
  readonly secrets: readonly SecretQuestion[];
  readonly questions: readonly InteractiveQuestion[];
  readonly log: readonly string[];
};

/** Logs in with ssh2 as the engine does, and out again. */
export async function login(
  host: Host,
  person: Person = {},
  more: { readonly mayYield?: boolean } = {},
): Promise<Outcome> {
  const secrets: SecretQuestion[] = [];
  const questions: InteractiveQuestion[] = [];
  const log: string[] = [];
  const prompts: Prompts = {
    hostKey: async () => "once",
    secret: async (question) => {
      secrets.push(question);
      return person.secret?.(question);
    },
    interactive: async (question) => {
      questions.push(question);
      return person.interactive?.(question);
    },
    notice: () => {},
  };
  const session = { ...sessionWith(prompts, log), ...more };
  const auth = await authenticator(host, session, "SHA256:host", new AbortController().signal);
  const ready = await connected(host, (left, partial, answer) => auth.next(left, partial, answer));
  auth.close();
  return { secrets, questions, log, ...(ready ? {} : { failure: auth.failure() }) };
}

export function sessionWith(prompts: Prompts, log: string[] = []): Session {
  return {
    environment: { home: "/", user: "me", env: {}, platform: process.platform, stateFolder: "/", bundleFolder: "/" },
    prompts,
    log: (_level, line) => log.push(line),
    trusted: trustedKeys(),
    resolve: () => Promise.reject(new Error("nothing is resolved")),
    keepaliveSeconds: 15,
  };
}

async function connected({ hostname, port, user }: Host, authHandler: AuthHandlerMiddleware): Promise<boolean> {
  const client = new Client();
  try {
    return await new Promise((resolve, reject) => {
      client.on("error", (error) => {
        // What an agent cannot sign is no end of the login.
        if (error.level === "agent") return;
        if (error.level === "client-authentication") resolve(false);
        else reject(error);
      });
      client.on("ready", () => resolve(true));
      client.connect({ host: hostname, port, username: user, hostVerifier: () => true, authHandler });
    });
  } finally {
    const closed = once(client, "close");
    client.end();
    await closed;
  }
}
