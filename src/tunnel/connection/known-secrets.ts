import { TunnelError } from "../error.ts";
import type { Prompts } from "../prompts.ts";
import { secretName } from "../secret-name.ts";

/** Logs in with prompts that ask for no secret again that has let the user in before. */
export type LogIn = <T>(prompts: Prompts, connect: (prompts: Prompts) => Promise<T>) => Promise<T>;

/**
 * Keeps in memory the passphrases and passwords that logins have succeeded with, so that whoever was asked once is not
 * asked at each reconnect. What the server has refused is forgotten, and codes are never kept.
 */
export function knownSecrets(): LogIn {
  const known = new Map<string, string>();

  return async (prompts, connect) => {
    const given = new Map<string, string>();

    const secret: Prompts["secret"] = async (question, signal) => {
      const name = secretName(question);
      if (name === undefined) return prompts.secret(question, signal);
      if (question.attempt > 1) known.delete(name);
      const answer = known.get(name) ?? (await prompts.secret(question, signal));
      if (answer !== undefined) given.set(name, answer);
      return answer;
    };

    try {
      const result = await connect({ ...prompts, secret });
      for (const [name, answer] of given) known.set(name, answer);
      return result;
    } catch (error) {
      if (error instanceof TunnelError && error.code === "auth-refused")
        for (const name of given.keys()) known.delete(name);
      throw error;
    }
  };
}
