import { codeExec } from "./code-exec.ts";
import { crossOrigin } from "./cross-origin.ts";
import { devMode } from "./dev-mode.ts";
import { hardcodedSecret } from "./hardcoded-secret.ts";
import { internalPort } from "./internal-port.ts";
import { noAuth } from "./no-auth.ts";
import { plaintext } from "./plaintext.ts";
import { publicBind } from "./public-bind.ts";
import { publicPublish } from "./public-publish.ts";
import { publicShare } from "./public-share.ts";
import type { Rule } from "./rule.ts";
import { runAsRoot } from "./run-as-root.ts";
import { securityOff } from "./security-off.ts";
import { ssrf } from "./ssrf.ts";
import { tokenLeak } from "./token-leak.ts";

/** Every rule, in the order in which they are shown. */
export const rules: readonly Rule[] = [
  publicBind,
  publicPublish,
  noAuth,
  hardcodedSecret,
  runAsRoot,
  devMode,
  crossOrigin,
  securityOff,
  plaintext,
  publicShare,
  tokenLeak,
  ssrf,
  codeExec,
  internalPort,
];
