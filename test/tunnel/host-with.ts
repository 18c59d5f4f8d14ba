import type { Host } from "../../src/tunnel/host/host.ts";
import type { Sshd } from "./sshd.ts";

/** A resolved host, as far as keys and logins go. */
export function hostWith(more: Partial<Host> = {}): Host {
  return {
    name: "gpu",
    hostname: "127.0.0.1",
    port: 22,
    user: "me",
    userKnownHostsFiles: [],
    globalKnownHostsFiles: [],
    hashKnownHosts: false,
    strictHostKeyChecking: "ask",
    identityFiles: [],
    identitiesOnly: false,
    methods: ["publickey", "keyboard-interactive", "password"],
    jumps: [],
    compression: false,
    onlySystemSsh: [],
    algorithms: {},
    localForwards: [],
    problems: [],
    ...more,
  };
}

/** What a resolver would say of a host that only names a test's sshd. */
export function hostOf(
  name: string,
  { port, user, userKey }: Pick<Sshd, "port" | "user" | "userKey">,
  more: Partial<Host> = {},
): Host {
  return hostWith({ name, port, user, identityFiles: [userKey.file], identitiesOnly: true, ...more });
}
