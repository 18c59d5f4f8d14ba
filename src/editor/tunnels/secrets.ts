import type * as vscode from "vscode";
import type { SecretQuestion } from "../../tunnel/prompts.ts";

/** What the user chose to keep in the system's keychain: passphrases by key, passwords by host key and user. */
export type Secrets = {
  find(question: SecretQuestion): Promise<string | undefined>;
  keep(question: SecretQuestion, secret: string): Promise<void>;
  forget(question: SecretQuestion): Promise<void>;
};

export function openSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    find: async (question) => storage.get(keyOf(question)),
    keep: async (question, secret) => storage.store(keyOf(question), secret),
    forget: async (question) => storage.delete(keyOf(question)),
  };
}

/** A password is for whoever has this host key, so that an impostor with the same name is never given it. */
function keyOf(question: SecretQuestion): string {
  if (question.kind === "password") return `password ${question.hostKey} ${question.hop.user}`;
  return `passphrase ${question.fingerprint ?? question.file}`;
}
