import type * as vscode from "vscode";
import type { SecretQuestion } from "../../tunnel/prompts.ts";
import { secretName } from "../../tunnel/secret-name.ts";

/** What the user chose to keep in the system's keychain: passphrases by key, passwords by host key and user. */
export type Secrets = {
  find(question: SecretQuestion): Promise<string | undefined>;
  keep(question: SecretQuestion, secret: string): Promise<void>;
  forget(question: SecretQuestion): Promise<void>;
};

/** What has no name to be kept by is asked for each time. */
export function openSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    async find(question) {
      const name = secretName(question);
      return name === undefined ? undefined : storage.get(name);
    },
    async keep(question, secret) {
      const name = secretName(question);
      if (name !== undefined) await storage.store(name, secret);
    },
    async forget(question) {
      const name = secretName(question);
      if (name !== undefined) await storage.delete(name);
    },
  };
}
