import type { RuleId } from "../rule-ids.ts";
import { page as codeExec } from "./code-exec.ts";
import { page as crossOrigin } from "./cross-origin.ts";
import { page as devMode } from "./dev-mode.ts";
import { page as hardcodedSecret } from "./hardcoded-secret.ts";
import { page as internalPort } from "./internal-port.ts";
import { page as noAuth } from "./no-auth.ts";
import { page as plaintext } from "./plaintext.ts";
import { page as publicBind } from "./public-bind.ts";
import { page as publicPublish } from "./public-publish.ts";
import { page as publicShare } from "./public-share.ts";
import type { RulePage } from "./rule.ts";
import { page as runAsRoot } from "./run-as-root.ts";
import { page as securityOff } from "./security-off.ts";
import { page as ssrf } from "./ssrf.ts";
import { page as tokenLeak } from "./token-leak.ts";

/** The pages of the rules. They are a list of their own so that nothing that ships carries them. */
export const rulePages: Readonly<Record<RuleId, RulePage>> = {
  "code-exec": codeExec,
  "cross-origin": crossOrigin,
  "dev-mode": devMode,
  "hardcoded-secret": hardcodedSecret,
  "internal-port": internalPort,
  "no-auth": noAuth,
  plaintext,
  "public-bind": publicBind,
  "public-publish": publicPublish,
  "public-share": publicShare,
  "run-as-root": runAsRoot,
  "security-off": securityOff,
  ssrf,
  "token-leak": tokenLeak,
};
