/** The fourteen kinds of danger; the id is what a user sees and ignores by, and is never reused. */
export const ruleIds = [
  "public-bind",
  "public-publish",
  "no-auth",
  "hardcoded-secret",
  "run-as-root",
  "dev-mode",
  "cross-origin",
  "security-off",
  "plaintext",
  "public-share",
  "token-leak",
  "ssrf",
  "code-exec",
  "internal-port",
] as const;
export type RuleId = (typeof ruleIds)[number];
