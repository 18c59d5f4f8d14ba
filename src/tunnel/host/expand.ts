import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Environment } from "../environment.ts";
import type { Hop } from "../prompts.ts";

/** What stands behind each `%` token: TOKENS in ssh_config(5). */
export type Tokens = Readonly<Record<string, string>>;

export function tokensOf(
  { name, hostname: host, port, user }: Hop,
  environment: Environment,
  { alias, jumps }: { alias?: string | undefined; jumps: string },
): Tokens {
  const local = hostname();
  return {
    "%": "%",
    // The jump hosts take part in it since OpenSSH 9.6; without one, the hash is the same in all.
    C: createHash("sha1").update(`${local}${host}${port}${user}${jumps}`).digest("hex"),
    d: environment.home,
    h: host,
    i: String(process.getuid?.() ?? ""),
    j: jumps,
    k: alias ?? name,
    L: local.split(".")[0] ?? local,
    l: local,
    n: name,
    p: String(port),
    r: user,
    u: environment.user,
  };
}

/** A token that does not exist stays as it is: OpenSSH would refuse the whole config. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(
    /%(.)/g,
    (whole, letter: string) => (Object.hasOwn(tokens, letter) ? tokens[letter] : whole) ?? "",
  );
}

/** `${NAME}` from the environment; one that is not set stays as it is. */
export function expandVariables(text: string, { env }: Pick<Environment, "env">): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => env[name] ?? whole);
}

/** `~` and `~/…`; another user's home is not looked up. */
export function expandHome(path: string, { home }: Pick<Environment, "home">): string {
  return /^~(?:[\\/]|$)/.test(path) ? join(home, path.slice(1)) : path;
}

/** A path of the ssh config, in OpenSSH's order: `~` first, then tokens, then variables. */
export function expandPath(path: string, tokens: Tokens, environment: Environment): string {
  return expandVariables(expandTokens(expandHome(path, environment), tokens), environment);
}
