import type { SecretQuestion } from "./prompts.ts";

/**
 * By what a secret may be kept. A password is for whoever has this host key, so that an impostor with the same name is
 * never given it; nothing where the key is not known, and then it is not to be kept.
 */
export function secretName(question: SecretQuestion): string | undefined {
  if (question.kind === "passphrase") return `passphrase ${question.fingerprint ?? question.file}`;
  return question.hostKey === undefined ? undefined : `password ${question.hostKey} ${question.hop.user}`;
}
